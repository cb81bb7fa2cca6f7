import CanaveralConfiguration
import Testing

@Suite("canaveral import jetforce")
struct JetforceImportTests {
    private static func configuration(_ line: String, _ site: MemorySite = MemorySite()) throws -> ImportedConfiguration
    {
        try JetforceImport.configuration(line.split(separator: " ").map(String.init), at: site.site())
    }

    @Test("A capsule with a certificate, programs and a rate limit")
    func capsule() throws {
        let site = MemorySite(["/srv/gemini/cgi-bin/": ""])
        try Golden("jetforce/capsule").expect(
            Self.configuration(
                """
                --host 0.0.0.0 --hostname example.org --tls-certfile /etc/ssl/example.org.pem --tls-keyfile \
                keys/example.org.key --tls-cafile ca.pem --tls-capath /etc/ssl/crew --dir /srv/gemini --index-file \
                home.gmi --default-lang en --rate-limit 60/5m
                """,
                site
            )
        )
    }

    @Test("No options: what jetforce does without any")
    func defaults() throws {
        try Golden("jetforce/defaults").expect(Self.configuration(""))
    }

    @Test("Behind a proxy, without TLS, for all addresses")
    func tunnel() throws {
        var arguments = ["--host", "", "--port=1970", "--no-tls", "--proxy-protocol", "--tls-keyfile", "lost.key"]
        arguments += ["--cgi-dir", "/"]
        try Golden("jetforce/tunnel").expect(JetforceImport.configuration(arguments, at: MemorySite().site()))
    }

    @Test("Names are cut short, attached and repeated as Python's parser takes them")
    func spelling() throws {
        let plain = try Self.configuration("--hostname b.example --port 1966 --cgi-dir bin")
        let other = try Self.configuration(
            "-- /usr/bin/jetforce --hostname a.example --port=1966 --cgi bin --hostn=b.example"
        )
        #expect(plain.document == other.document)
        #expect(plain.document.description.contains("name = \"b.example\""))
    }

    @Test(
        "A command line that jetforce would refuse",
        arguments: [
            ("--colour", "jetforce has no option --colour: give its command line as it is."),
            ("--tls-c x", "--tls-c can be --tls-certfile or --tls-cafile or --tls-capath: write it in full."),
            ("--port x", "'x' in --port is no port: it takes a number from 0 to 65535."),
            ("--port", "--port needs a value, as in --port=…."),
            ("--port --no-tls", "--port needs a value, as in --port=…."),
            ("--no-tls=1", "--no-tls takes no value: write --no-tls alone."),
            ("--rate-limit 5", "'5' in --rate-limit is no limit: it takes one such as 60/5m."),
            (
                "capsule",
                "jetforce takes no argument 'capsule': give its options alone, as in 'canaveral import jetforce -- --hostname example.org'."
            ),
            ("-x", "jetforce has no option -x: give its command line as it is."),
            ("-V", "With --help or --version jetforce serves nothing: give the options that it is started with."),
        ]
    )
    func refused(line: String, sentence: String) {
        let error = #expect(throws: ImportError.self) { try Self.configuration(line) }
        #expect(error?.description == sentence)
    }
}
