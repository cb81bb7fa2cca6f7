import Foundation
import NIOCore
import NIOSSL
import TestSupport
import Testing

/// The program with a configuration file: hosts, listeners, logs.
@Suite("A configured server", .timeLimit(.minutes(10)))
struct ConfiguredHostsTests {
    @Test("SNI picks the certificate and the host: exact, wildcard, default")
    func hosts() async throws {
        let site = try Site(["index.gmi": "# a\n", "b/index.gmi": "# b\n", "w/index.gmi": "# w\n"])
        var identities: [String: TestIdentity] = [:]
        for name in ["a", "b", "w"] {
            identities[name] = try TestIdentity(commonName: name)
            try site.folder.write(try #require(identities[name]).pem, to: "etc/\(name).pem")
        }
        let text = """
            [[host]]
            name = "a.localhost"
            aliases = "www.a.localhost"
            certificate = "a.pem"
            root = "../capsule"
            [[host]]
            name = "b.localhost"
            certificate = "b.pem"
            default = true
            root = "../capsule/b"
            [[host]]
            name = "*.localhost"
            certificate = "w.pem"
            root = "../capsule/w"
            """
        try await site.serve(configured: text) { server async throws in
            #expect(server.values("Following") == [site.configurationFile])
            let keys = server.values("Public key").map { $0.split(separator: " ").suffix(2).joined(separator: " ") }
            #expect(keys == ["of a.localhost", "of b.localhost", "of *.localhost"])
            for (host, expected) in [
                ("a.localhost", "a"), ("www.a.localhost", "a"), ("b.localhost", "b"), ("x.localhost", "w"),
            ] {
                #expect(try await server.certificate(for: host) == identities[expected]?.der, "\(host)")
                #expect(try await server.answer(of: host).text == "20 text/gemini\r\n# \(expected)\n", "\(host)")
            }
            #expect(try await server.certificate(for: "example.org") == identities["b"]?.der)
            #expect(try await server.answer(of: "example.org").header.hasPrefix("53 "))
            var tls = TestConnection.TLS()
            tls.serverName = "a.localhost"
            #expect(try await server.answer(to: "gemini://b.localhost/", tls: tls).header.hasPrefix("53 "))
        }
        try await site.serve(configured: "allow-name-mismatch = true\n" + text) { server async throws in
            var tls = TestConnection.TLS()
            tls.serverName = "a.localhost"
            #expect(try await server.answer(to: "gemini://b.localhost/", tls: tls).text.hasSuffix("# b\n"))
        }
    }

    @Test("A host or a location that is not to be logged is not; the others are")
    func unlogged() async throws {
        let text = """
            [[host]]
            name = "a.localhost"
            root = "../capsule"
            [[host.location]]
            path = "/quiet/"
            access-log = false
            [[host.location]]
            path = "/quiet/gone/"
            answer = "52 Gone"
            access-log = false
            [[host]]
            name = "b.localhost"
            root = "../capsule"
            access-log = false
            """
        let site = try Site(["index.gmi": "# Home\n", "quiet/index.gmi": "# Quiet\n"])
        try await site.serve(configured: text) { server async throws in
            for (host, path) in [
                ("a.localhost", "/quiet/"), ("a.localhost", "/quiet/missing"), ("a.localhost", "/quiet"),
                ("a.localhost", "/quiet/gone/x"), ("b.localhost", "/"), ("b.localhost", "/missing"),
                ("a.localhost", "/"), ("a.localhost", "/missing"),
            ] {
                _ = try await server.answer(of: host, path)
            }
            #expect(try await server.stop() == .exit(0))
            let lines = server.program.output.split(separator: "\n").map { String($0.split(separator: "\"")[1]) }
            #expect(
                lines.filter { !$0.hasSuffix("/quiet") } == [
                    "gemini://a.localhost/", "gemini://a.localhost/missing",
                ]
            )
        }
    }

    @Test("The file says how the log is written and how much of addresses; flags at the top of it go before")
    func logs() async throws {
        let site = try Site()
        let log = "[log]\naccess = \"access.log\"\nformat = \"json\"\naddresses = \"truncated\"\n"
        try await site.serve(configured: log + Site.host) { server async throws in
            _ = try await server.answer(of: "localhost")
            #expect(try await server.stop() == .exit(0))
            #expect(server.program.output.isEmpty)
            let line = try #require(site.content("etc/access.log"))
            let entry = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                "\(line)"
            )
            #expect(entry.values.contains { $0 as? String == "127.0.0.0" }, "\(line)")
            #expect(!line.contains("127.0.0.1"))
        }
        let flags = [
            "--access-log", "flags.log", "--log-format", "tsv", "--log-addresses", "off", "--default-lang", "de",
        ]
        try await site.serve(configured: "language = \"en\"\n" + log + Site.host, flags) { server async throws in
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini; lang=de")
            #expect(try await server.stop() == .exit(0))
            let line = try #require(site.content("flags.log"))
            let columns = line.split(separator: "\t").map(String.init)
            #expect(columns.count > 10 && columns.contains("gemini://localhost/"), "\(line)")
            #expect(!line.contains("127."))
        }
    }

    @Test("Metrics on a listener of their own, a Unix socket, and a listener without TLS")
    func listeners() async throws {
        let listening = """
            listen = ["127.0.0.1:0", "unix:s"]
            metrics = "127.0.0.1:0"
            [[listener]]
            address = "127.0.0.2:0"
            tls = false

            """
        let site = try Site()
        try await site.serve(configured: Site.host, listening: listening) { server async throws in
            _ = try await server.answer(of: "localhost")

            let socket = try SocketAddress(unixDomainSocketPath: site.folder.path("etc/s"))
            let local = try await TestConnection.connect(to: socket)
            try await local.send("gemini://localhost/\r\n")
            #expect(try await local.readToEnd().text == "20 text/gemini\r\n# Home\n")
            await local.close()
            let mode = try FileManager.default.attributesOfItem(atPath: site.folder.path("etc/s"))[.posixPermissions]
            #expect(mode as? Int == 0o660)

            let plain = try #require(server.values("Listening").first { $0.hasPrefix("127.0.0.2:") })
            let port = try #require(plain.split(separator: ":").last.flatMap { Int($0) })
            let clear = try await TestConnection.connect(
                to: SocketAddress(ipAddress: "127.0.0.2", port: port),
                tls: nil
            )
            try await clear.send("gemini://localhost/\r\n")
            #expect(try await clear.readToEnd().text == "20 text/gemini\r\n# Home\n")
            await clear.close()

            let place = try #require(server.program.errors.firstMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)\/metrics/))
            let metrics = try await TestConnection.connect(
                to: SocketAddress(ipAddress: "127.0.0.1", port: try #require(Int(place.1))),
                tls: nil
            )
            try await metrics.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            let text = try await metrics.readToEnd().text
            await metrics.close()
            #expect(text.hasPrefix("HTTP/1.1 200 "), "\(text.prefix(200))")
            #expect(text.contains(/\n[a-z_]*responses_total\{[^}]*20[^}]*\} [3-9]/), "\(text)")
        }
    }

    @Test("Flags that say what the host is exclude --config: a usage error")
    func hostFlags() async throws {
        let site = try Site()
        try site.configure(Site.host)
        for flags in [
            ["capsule"], ["--dir", "capsule"], ["--hostname", "b.localhost"], ["--cgi-dir", "cgi-bin"],
            ["--proxy", "/x=gemini://localhost/"], ["--cert", "etc/a.pem"], ["--days", "3"],
        ] {
            let result = try await site.run(flags + ["--config", "etc/canaveral.toml"])
            #expect(result.status == .exit(64), "\(flags)")
            #expect(result.errors.contains("exclude each other"), "\(flags): \(result.errors)")
        }
    }

    @Test("--port changes the port of the file's addresses, and opens a server on loopback to nobody else")
    func port() async throws {
        let site = try Site()
        let listening = "listen = [\"127.0.0.1:20601\", \"127.0.0.1:20602\", \"unix:socket\"]\n"
        try await site.serve(configured: Site.host, ["-p", "0"], listening: listening) { server async throws in
            let addresses = server.values("Listening")
            #expect(addresses.count == 2 && addresses[0] == "127.0.0.1:\(server.port)", "\(addresses)")
            #expect(addresses.last?.hasSuffix("etc/socket") == true && ![20601, 20602].contains(server.port))
        }
        try site.configure(Site.host, listening: "listen = \"unix:socket\"\n")
        let result = try await site.run("--config", "etc/canaveral.toml", "-p", "0")
        #expect(result.status == .exit(78) && result.errors.contains("name one with --listen"), "\(result)")
    }

    @Test("--listen takes the place of 'listen', and leaves listeners that have settings of their own")
    func listen() async throws {
        let site = try Site()
        let listening = """
            listen = "127.0.0.1:20601"
            [[listener]]
            address = "127.0.0.1:0"
            proxy-protocol = "127.0.0.1"
            [[listener]]
            address = "unix:plain"
            tls = false

            """
        let flags = ["--listen", "unix:\(site.folder.path("etc/plain"))", "--listen", "127.0.0.1:0"]
        try await site.serve(configured: Site.host, flags, listening: listening) { server async throws in
            let addresses = server.values("Listening")
            #expect(addresses.count == 2 && !addresses.contains("127.0.0.1:20601"), "\(addresses)")
            // The settings are still those of the file.
            let plain = try SocketAddress(unixDomainSocketPath: site.folder.path("etc/plain"))
            let local = try await TestConnection.connect(to: plain, tls: nil)
            try await local.send("gemini://localhost/\r\n")
            #expect(try await local.readToEnd().header == "20 text/gemini")
            await local.close()
            let bare = try await server.connect(nil)
            try await bare.send("PROXY garbage\r\n")
            #expect(try await bare.readToEnd().bytes.isEmpty)
            await bare.close()
            #expect(await eventually { server.program.errors.contains("PROXY") })
        }
    }

    @Test("canaveral.toml in the current folder is found, and not looked for where a folder is named")
    func standardFile() async throws {
        let site = try Site(["index.gmi": "# Home\n"])
        try site.folder.write("[[host]]\nname = \"found.localhost\"\nroot = \"capsule\"\n", to: "canaveral.toml")
        try await withServerSlot {
            let program = try Program(
                ["--port", "0"],
                environment: site.environment,
                workingDirectory: site.folder.path
            )
            let server = try await ServingProgram(program)
            #expect(server.values("Following") == [site.folder.path("canaveral.toml")])
            #expect(try await server.answer(of: "found.localhost").text == "20 text/gemini\r\n# Home\n")
            #expect(try await server.stop() == .exit(0))
        }
        try await site.serve { server async throws in
            #expect(server.values("Following").isEmpty)
            #expect(try await server.answer(of: "localhost").header == "20 text/gemini")
        }
    }

    @Test("Every problem is printed with its file and line, and nothing is served: exit code 78")
    func problems() async throws {
        let site = try Site()
        try site.configure("langauge = \"en\"\n[[host]]\nname = \"localhost\"\nroot = 3\nrate-limit = \"often\"\n")
        let result = try await site.run("--config", "etc/canaveral.toml")
        #expect(result.status == .exit(78))
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 3, "\(result.errors)")
        for (line, number) in zip(lines, [2, 5, 6]) {
            #expect(line.hasPrefix("\(site.configurationFile):\(number): "), "\(line)")
        }
        #expect(result.errors.contains("'language' was probably meant"))

        let missing = try await site.run("--config", "nothing.toml")
        #expect(missing.status == .exit(78) && missing.errors.contains("nothing.toml"))

        try site.configure(
            "[[host]]\nname = \"a.localhost\"\nroot = \"no\"\n[[host]]\nname = \"b.localhost\"\ncertificate = \"no.pem\"\nroot = \"../capsule\"\n"
        )
        let unbuilt = try await site.run("--config", "etc/canaveral.toml")
        #expect(unbuilt.status == .exit(78))
        #expect(
            unbuilt.errors.contains("etc/no cannot be served") && unbuilt.errors.contains("no.pem"),
            "\(unbuilt.errors)"
        )
    }
}
