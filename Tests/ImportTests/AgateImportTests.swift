import CanaveralConfiguration
import Testing

@Suite("canaveral import agate")
struct AgateImportTests {
    private static func configuration(_ line: String, _ site: MemorySite = MemorySite()) throws -> ImportedConfiguration
    {
        try AgateImport.configuration(line.split(separator: " ").map(String.init), at: site.site())
    }

    @Test("Several hosts, each with a folder, certificates by name, and listed folders")
    func hosts() throws {
        let site = MemorySite([
            "/home/capsule/.certificates/cert.der": "", "/home/capsule/.certificates/key.der": "",
            "/home/capsule/.certificates/example.org/cert.der": "",
            "/home/capsule/.certificates/example.org/key.der": "",
            "/home/capsule/.certificates/broken.example/cert.der": "",
            "/home/capsule/content/example.org/photos/.directory-listing-ok": "My photos",
            "/home/capsule/content/example.org/photos/2025/.directory-listing-ok": "",
            "/home/capsule/content/example.org/.hidden/.directory-listing-ok": "",
        ])
        try Golden("agate/hosts").expect(
            Self.configuration(
                "--hostname example.org --hostname www.example.org --hostname other.example --lang en-US",
                site
            )
        )
    }

    @Test("Everything that has no equal")
    func leftovers() throws {
        try Golden("agate/leftovers").expect(
            Self.configuration(
                """
                --content /srv/gemini --addr 192.0.2.1:1965 --addr [::1]:1966 --socket run/agate --hostname example.org -eC3 \
                --serve-secret --skip-port-check --log-ip
                """
            )
        )
    }

    @Test("No name: the certificates' names, or one to be put in")
    func nameless() throws {
        let site = MemorySite(["/etc/agate/a.example/cert.der": "", "/etc/agate/a.example/key.der": ""])
        let named = try Self.configuration("--certs /etc/agate", site)
        #expect(named.document.top.elements("host").map { $0["name"] } == [.string("a.example")])
        let nameless = try Self.configuration("")
        #expect(nameless.document.top.elements("host").map { $0["name"] } == [.string("localhost")])
        #expect(nameless.leftovers.map(\.option) == ["--hostname", "--certs"])
    }

    @Test("Addresses that cannot be listened on are left out, and listed")
    func addresses() throws {
        func imported(_ line: String) throws -> (listen: ConfigurationDocument.Value?, leftovers: [String]) {
            let imported = try Self.configuration("--certs /none --hostname example.org \(line)")
            return (imported.document.top["listen"], imported.leftovers.map(\.option).filter { $0 != "--certs" })
        }
        let both: ConfigurationDocument.Value = .array([.string("0.0.0.0:1965"), .string("[::]:1965")])
        let joined = "[::]:1965,0.0.0.0:1965"
        #expect(try imported("--addr \(joined)") == (both, ["--addr \(joined)"]))
        #expect(
            try imported("--addr \(joined) --addr 192.0.2.1:1") == (
                .array([.string("192.0.2.1:1")]), ["--addr \(joined)"]
            )
        )
        #expect(
            try imported("--addr 0.0.0.0:1965 --addr [::]:1965 --addr 127.0.0.1:1965") == (
                both, ["--addr 127.0.0.1:1965"]
            )
        )
    }

    @Test("Version 2: one certificate by file, and no log")
    func earlier() throws {
        try Golden("agate/earlier").expect(
            Self.configuration("--content /srv/gemini --key /etc/ssl/key.rsa --hostname example.org --silent")
        )
    }

    @Test(
        "A command line that agate would refuse",
        arguments: [
            ("--host x", "agate has no option --host: give its command line as it is."),
            ("--lang en --lang de", "--lang is given twice, which agate refuses: leave one out."),
            ("-3x", "agate has no option -x: give its command line as it is."),
        ]
    )
    func refused(line: String, sentence: String) {
        let error = #expect(throws: ImportError.self) { try Self.configuration(line) }
        #expect(error?.description == sentence)
    }
}
