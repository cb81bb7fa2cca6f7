import TestSupport
import Testing

@Suite("canaveral import")
struct ImportCommandTests {
    @Test("Everything carried over: the configuration on standard output, and exit code 0")
    func complete() async throws {
        let site = try Site()
        try site.folder.makeFolder("capsule/cgi-bin")
        let result = try await site.run(
            "import",
            "jetforce",
            "--in",
            "capsule",
            "--",
            "--hostname",
            "example.org",
            "--port=1966"
        )
        #expect(result.status == .exit(0) && result.errors.isEmpty, "\(result.errors)")
        #expect(result.output.contains("listen = [\"127.0.0.1:1966\"]"))
        #expect(result.output.contains("name = \"example.org\"  # --hostname\n"))
        #expect(result.output.contains("/capsule/cgi-bin\"  # jetforce's default\n"))
    }

    @Test("Something left over: a line for each on standard error, and exit code 1")
    func leftovers() async throws {
        let site = try Site()
        try site.folder.write(
            "server \"a.example\" {\n  ocsp \"/x\"\n  cert \"/c\"\n  key \"/k\"\n  root \"/r\" }\n",
            to: "gmid.conf"
        )
        let result = try await site.run("import", "gmid", "gmid.conf")
        #expect(result.status == .exit(1))
        #expect(result.output.contains("name = \"a.example\"  # server, gmid.conf:1\n"))
        #expect(
            result.errors == """
                gmid.conf:2: ocsp: responses are not stapled here, and clients trust on first use: leave it out.
                canaveral: 1 setting of gmid could not be carried over as it is.

                """
        )
    }

    @Test("What is no file has no end, and is not read", .timeLimit(.minutes(5)))
    func device() async throws {
        let site = try Site()
        try site.folder.write("include \"/dev/zero\"\n", to: "gmid.conf")
        for (file, place) in [("gmid.conf", "gmid.conf:1: the included file /dev/zero"), ("/dev/zero", "/dev/zero")] {
            let result = try await site.run("import", "gmid", file)
            #expect(result.errors.contains("\(place) cannot be read"), "\(result.errors)")
            #expect(result.output.isEmpty)
        }
    }

    @Test("A file may come from standard input", arguments: ["gmid", "molly-brown"])
    func input(_ peer: String) async throws {
        let site = try Site()
        let texts = [
            "gmid": "server \"a.example\" {\n  ocsp \"/x\"\n  cert \"/c\"\n  key \"/k\"\n  root \"/r\" }\n",
            "molly-brown": "Hostname = \"a.example\"\nAllowTLS12 = false\n",
        ]
        let result = try await withServerSlot {
            try await site.runAlongside(["import", peer, "-"], input: texts[peer])
        }
        #expect(result.status == .exit(1))
        #expect(result.output.contains("name = \"a.example\""), "\(result)")
        #expect(result.errors.contains("standard input:2: "), "\(result.errors)")
    }

    @Test("agate's certificates and listed folders are found")
    func agate() async throws {
        let site = try Site()
        try site.folder.write("", to: ".certificates/example.org/cert.der")
        try site.folder.write("", to: ".certificates/example.org/key.der")
        try site.folder.write("", to: "capsule/photos/.directory-listing-ok")
        let result = try await site.run("import", "agate", "--hostname", "example.org", "--content", "capsule")
        #expect(result.status == .exit(0) && result.errors.isEmpty, "\(result.errors)")
        #expect(result.output.contains("/.certificates/example.org/cert.der\"  # --certs\n"))
        #expect(result.output.contains("exact = \"/photos/\""))
    }

    @Test("What the other server would refuse: nothing on standard output, and exit code 64 or 78")
    func refused() async throws {
        let site = try Site()
        let usage = try await site.run("import", "jetforce", "--colour", "red")
        #expect(usage.status == .exit(64) && usage.output.isEmpty)
        #expect(usage.sentence == "jetforce has no option --colour: give its command line as it is.")
        try site.folder.write("Port = 1965\nHostname = 7\n", to: "molly.conf")
        let type = try await site.run("import", "molly-brown", "molly.conf")
        #expect(type.status == .exit(78) && type.output.isEmpty)
        #expect(type.sentence == "molly.conf:2: Hostname takes a string.")
        let missing = try await site.run("import", "gmid", "nowhere.conf")
        #expect(missing.status == .exit(78))
        let folder = try await site.run("import", "agate", "--in", "nowhere", "--hostname", "example.org")
        #expect(folder.status == .exit(64))
        #expect(folder.sentence?.hasPrefix("nowhere in --in is no folder") == true)
    }

    @Test("Help is this program's, not the other's")
    func help() async throws {
        let site = try Site()
        let result = try await site.run("import", "jetforce", "--help")
        #expect(result.status == .exit(0))
        #expect(result.output.contains("canaveral import jetforce"))
    }
}
