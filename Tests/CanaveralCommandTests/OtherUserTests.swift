#if os(Linux)
import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

/// A server that the superuser starts, and that goes on as somebody else.
@Suite("Becoming another user", .enabled(if: geteuid() == 0, "Only the superuser can."), .timeLimit(.minutes(10)))
struct OtherUserTests {
    private static let unshare = "/usr/bin/unshare"

    /// The text of a configuration for this machine, whose folders are all beneath one.
    private static func configuration(_ more: String = "") -> String {
        """
        listen = "127.0.0.1:0"
        user = "nobody"
        state-directory = "state"
        \(more)
        [[host]]
        name = "localhost"
        root = "capsule"
        """
    }

    /// Serves by a file for as long as the closure does, and gives back what that makes of it.
    private static func serve<Value>(
        _ site: Site,
        _ file: String,
        wrapper: [String] = [],
        _ body: (ServingProgram) async throws -> Value
    ) async throws -> Value {
        try await self.serve(site, ["--config", file], wrapper: wrapper, body)
    }

    private static func serve<Value>(
        _ site: Site,
        _ arguments: [String],
        wrapper: [String] = [],
        _ body: (ServingProgram) async throws -> Value
    ) async throws -> Value {
        try await withServerSlot {
            let program = try Program(
                ["serve"] + arguments,
                wrapper: wrapper,
                environment: site.environment,
                workingDirectory: site.folder.path
            )
            let value: Value
            do {
                value = try await body(try await ServingProgram(program))
            } catch {
                program.send(SIGKILL)
                throw error
            }
            program.send(SIGTERM)
            #expect(try await program.end() == .exit(0))
            return value
        }
    }

    @Test("The certificate of the first start is that of the second, and of a reload")
    func state() async throws {
        let site = try Site()
        let file = try site.folder.write(Self.configuration(), to: "canaveral.toml")
        let first = try await Self.serve(site, file) { server async throws in try await server.certificate() }
        try await Self.serve(site, file) { server async throws in
            #expect(try await server.certificate() == first)
            server.program.send(SIGHUP)
            try await server.program.says("was read again.")
            #expect(try await server.certificate() == first)
        }
    }

    @Test(
        "What check calls an error, the server does not start with, and with what it warns of it does",
        arguments: [
            ("", "capsule", "", 0o700, false), ("", "capsule", "", 0o744, true), ("", "capsule", "", 0o755, true),
            ("log = { access = \"closed/access.log\" }", "closed", "", 0o755, false),
            ("log = { access = \"closed/access.log\" }", "closed", "", 0o777, true),
            ("client-authorities = \"closed/ca.pem\"", "closed", "", 0o700, false),
            ("listen = \"unix:closed/socket\"", "closed", "", 0o755, false),
            ("", "closed", "[[host.location]]\npath = \"/x\"\ncgi = \"closed\"", 0o711, false),
            ("", "closed", "[[host.location]]\npath = \"/x\"\ncgi = \"closed\"", 0o755, true),
            (
                "", "closed", "[[host.location]]\npath = \"/x\"\ntitan = { directory = \"closed\", token = \"t\" }",
                0o755, true
            ),
            ("state-directory = \"closed/state\"", "closed", "", 0o700, false),
        ]
    )
    func rights(_ top: String, _ folder: String, _ host: String, _ mode: Int, _ starts: Bool) async throws {
        let site = try Site()
        try site.folder.makeFolder("closed")
        try site.folder.write(TestIdentity().pem, to: "closed/ca.pem")
        #expect(chmod(site.folder.path(folder), mode_t(mode)) == 0)
        var text = Self.configuration(top) + "\n\(host)\n"
        if top.hasPrefix("state-") { text = text.replacing("state-directory = \"state\"\n", with: "") }
        if top.hasPrefix("listen") { text = text.replacing("listen = \"127.0.0.1:0\"\n", with: "") }
        let file = try site.folder.write(text, to: "canaveral.toml")
        let check = try await site.run("check", file)
        #expect(check.status == .exit(starts ? 0 : 78), "\(check)")
        if starts {
            try await Self.serve(site, file) { server async throws in #expect(server.port > 0) }
        } else {
            let result = try await site.run("serve", "--config", file)
            #expect(result.status != .exit(0), "\(result)")
        }
    }

    @Test("A start that fails takes nothing away from the server that runs: an address in use, a state out of reach")
    func failedStart() async throws {
        let site = try Site()
        let state = site.folder.path("deep/state")
        try site.folder.makeFolder("deep/state")
        #expect(chmod(site.folder.path("deep"), 0o700) == 0)
        func owner() throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: state)[.ownerAccountID] as? Int
        }
        try await Self.serve(site, [site.capsule, "--port", "0", "--state-dir", state]) { server async throws in
            let flags = [site.capsule, "--user", "nobody", "--state-dir", state]
            let unreachable = try await site.runAlongside(flags + ["--port", "0"])
            #expect(unreachable.status == .exit(78))
            #expect(
                unreachable.sentence?.contains("deep/state, where certificates are kept, is out of reach for nobody")
                    == true
            )
            #expect(try owner() == 0)

            #expect(chmod(site.folder.path("deep"), 0o755) == 0)
            let taken = try await site.runAlongside(flags + ["--listen", "127.0.0.1:\(server.port)"])
            #expect(taken.status == .exit(1) && taken.errors.contains("\(server.port) is in use"), "\(taken)")
            #expect(try owner() == 0)
        }
    }

    private static func flags(_ site: Site) -> [String] {
        [site.capsule, "--listen", "127.0.0.1:0", "--user", "nobody"]
    }

    private static let making = ["--cn", "My capsule", "--san", "capsule.localhost", "--days", "77"]

    /// Whether a server shows a certificate that was made as ``making`` says.
    private static func showsMade(_ server: ServingProgram) async throws -> Bool {
        let certificate = try Certificate(der: await server.certificate())
        guard let from = certificate.notBefore, let to = certificate.notAfter else { return false }
        return certificate.subject?.commonName == "My capsule"
            && Set(certificate.dnsNames) == ["localhost", "capsule.localhost"]
            && (77...78).contains((to.secondsSinceEpoch - from.secondsSinceEpoch) / 86_400)
    }

    @Test("A certificate is made as flags say, and again where they ask for that; who it is then keeps it")
    func making() async throws {
        let site = try Site()
        let flags = Self.flags(site) + ["--state-dir", site.folder.path("state")] + Self.making
        let first = try await Self.serve(site, flags) { server async throws in
            #expect(try await Self.showsMade(server))
            #expect(server.values("Certificate").first?.contains("made now, kept in") == true)
            return try await server.certificate()
        }
        try await Self.serve(site, flags) { server async throws in #expect(try await server.certificate() == first) }
        let second = try await Self.serve(site, flags + ["--generate-cert"]) { server async throws in
            #expect(try await Self.showsMade(server))
            #expect(server.values("Certificate").first?.contains("; what was there is now") == true)
            return try await server.certificate()
        }
        #expect(second != first)
        // The other user may read what the superuser has made.
        try await Self.serve(site, flags) { server async throws in
            #expect(try await server.certificate() == second)
            #expect(!server.program.errors.contains("warning: "), "\(server.program.errors)")
        }
    }

    @Test("A certificate in a file that the other user may not read is made before, and read")
    func makingFile() async throws {
        let site = try Site()
        try site.folder.makeFolder("keys")
        #expect(chmod(site.folder.path("keys"), 0o700) == 0)
        let flags = Self.flags(site) + ["--cert", site.folder.path("keys/a.pem")] + Self.making
        let missing = try await site.run(["serve"] + flags)
        #expect(missing.status == .exit(78))
        #expect(missing.errors.contains("run once with --generate-cert to make one"), "\(missing.errors)")
        let first = try await Self.serve(site, flags + ["--generate-cert"]) { server async throws in
            #expect(try await Self.showsMade(server))
            return try await server.certificate()
        }
        try await Self.serve(site, flags) { server async throws in
            #expect(try await server.certificate() == first)
            let warning = "warning: \(site.folder.path("keys/a.pem")) cannot be read again by nobody, so that a renewed"
            #expect(server.program.errors.ranges(of: warning).count == 1, "\(server.program.errors)")
            #expect(!server.program.errors.contains("The sandbox is closed for "), "\(server.program.errors)")
        }
        // A folder and a file that the other user's group may read are enough.
        #expect(chown(site.folder.path("keys"), 0, 65534) == 0 && chmod(site.folder.path("keys"), 0o710) == 0)
        #expect(
            chown(site.folder.path("keys/a.pem"), 0, 65534) == 0 && chmod(site.folder.path("keys/a.pem"), 0o640) == 0
        )
        try await Self.serve(site, flags + ["--group", "65534"]) { server async throws in
            #expect(!server.program.errors.contains("cannot be read again"), "\(server.program.errors)")
        }
    }

    @Test(
        "Programs that root would run, and uploads from anybody, are told of at the start, and exposures with flags too"
    )
    func risks() async throws {
        let site = try Site(["index.gmi": "# Home\n", "bin/hello": "#!/bin/sh\n", "key.pem": ""])
        let text =
            Site.host + """
                [[host.location]]
                path = "/run"
                cgi = "../capsule/bin"
                [[host.location]]
                path = "/upload"
                titan = { directory = "../capsule" }
                """
        try await site.serve(configured: text) { server async throws in
            for expected in [
                "canaveral.toml:5: localhost, path /run: The programs in ",
                "canaveral.toml:8: localhost, path /upload: Anybody",
                "canaveral.toml:4: localhost: ", "holds the programs of ",
            ] {
                #expect(server.program.errors.contains(expected), "\(expected): \(server.program.errors)")
            }
            #expect(try await server.answer(of: "localhost", "/bin/hello").header == "51 Not found")
            #expect(try await server.answer(of: "localhost", "/upload/bin/hello").header == "51 Not found")
        }
        let flags = ["--generate-cert", "--cert", "capsule/cert.pem", "--key", "capsule/own.pem"]
        try await site.serve(flags + ["--access-log", "capsule/access.log"]) { server async throws in
            #expect(server.program.errors.contains("holds the key of localhost, capsule/own.pem, which is answered"))
            for name in ["own.pem", "access.log"] {
                #expect(try await server.answer(of: "localhost", "/" + name).header == "51 Not found")
            }
            #expect(try await server.answer(of: "localhost", "/cert.pem").header.hasPrefix("20 "))
        }
    }

    @Test(
        "In another root, a certificate is made as flags say",
        .enabled(if: FileManager.default.isExecutableFile(atPath: unshare), "unshare(1) is missing.")
    )
    func makingInAnotherRoot() async throws {
        let site = try Site()
        let flags =
            Self.flags(site) + ["--state-dir", site.folder.path("state"), "--chroot", site.folder.path] + Self.making
        let wrapper = [Self.unshare, "--mount"]
        let first = try await Self.serve(site, flags + ["--generate-cert"], wrapper: wrapper) { server async throws in
            #expect(try await Self.showsMade(server))
            #expect(!server.program.errors.contains("warning: "), "\(server.program.errors)")
            return try await server.certificate()
        }
        try await Self.serve(site, flags, wrapper: wrapper) { server async throws in
            #expect(try await server.certificate() == first)
        }
    }

    @Test(
        "In another root, the configuration in it is read again",
        .enabled(if: FileManager.default.isExecutableFile(atPath: unshare), "unshare(1) is missing.")
    )
    func anotherRoot() async throws {
        let site = try Site()
        let text = Self.configuration("chroot = \"\(site.folder.path)\"")
        try site.folder.write(text, to: "canaveral.toml")
        let file = "./capsule/../canaveral.toml"
        // The server mounts /proc in its root, which the tests' own file system need not see.
        try await Self.serve(site, file, wrapper: [Self.unshare, "--mount"]) { server async throws in
            #expect(try await server.answer(to: "gemini://localhost/").text.hasSuffix("# Home\n"))
            try site.folder.write(text + "\nlanguage = \"en\"\n", to: "canaveral.toml")
            server.program.send(SIGHUP)
            try await server.program.says("was read again.")
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini; lang=en")
        }
    }

    @Test(
        "A configuration that is left outside of the root serves, and is told of at a reload",
        .enabled(if: FileManager.default.isExecutableFile(atPath: unshare), "unshare(1) is missing.")
    )
    func outside() async throws {
        let site = try Site()
        let elsewhere = try TemporaryDirectory()
        let text = Self.configuration("chroot = \"\(site.folder.path)\"")
            .replacing("\"state\"", with: "\"\(site.folder.path("state"))\"")
            .replacing("\"capsule\"", with: "\"\(site.capsule)\"")
        let file = try elsewhere.write(text, to: "canaveral.toml")
        try await Self.serve(site, file, wrapper: [Self.unshare, "--mount"]) { server async throws in
            #expect(server.program.errors.contains("so that it cannot be read again while the server runs"))
            server.program.send(SIGHUP)
            try await server.program.says("lies outside of \(site.folder.path), which is to be the root")
            #expect(try await server.answer(to: "gemini://localhost/").text.hasSuffix("# Home\n"))
        }
        withExtendedLifetime(elsewhere) {}
    }
}
#endif
