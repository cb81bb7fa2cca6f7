#if os(Linux)
import Foundation
import GeminiTLS
import TestSupport
import Testing

/// What files may not be read, for a process that has not the superuser's right to read everything.
@Suite("What may not be read")
struct UnprivilegedTests {
    /// Takes that right away, where the tests run as the superuser.
    private static let wrapper: [String] = {
        guard geteuid() == 0 else { return [] }
        let rights = "-dac_override,-dac_read_search"
        return ["/usr/bin/setpriv", "--bounding-set", rights, "--inh-caps", rights]
    }()

    private static let isPossible = geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")

    @Test(
        "An unreadable file, index or folder is 51, and not in the way of others",
        .enabled(if: isPossible, "setpriv(1) is missing.")
    )
    func files() async throws {
        let site = try Site([
            "index.gmi": "# Home\n", "closed.gmi": "secret", "folder/index.gmi": "secret", "locked/page.gmi": "secret",
            "through/index.gmi": "seen",
        ])
        func setMode(_ name: String, _ mode: mode_t) { chmod(site.capsule + "/" + name, mode) }
        setMode("closed.gmi", 0)
        setMode("folder/index.gmi", 0)
        setMode("locked", 0)
        setMode("through", 0o111)
        defer { setMode("locked", 0o755) }
        try await site.serve([], wrapper: Self.wrapper) { server async throws in
            for _ in 1...2 {
                for path in ["closed.gmi", "folder/", "locked/", "locked/page.gmi", "closed.gmi/", "through/other.gmi"]
                {
                    let reply = try await server.answer(to: "gemini://localhost/\(path)")
                    #expect(reply.text == "51 Not found\r\n", "\(path)")
                }
                // The operator is told, of each once.
                for hint in [
                    "closed.gmi exists, but this user cannot read it, and it is answered with 51: 'chmod a+r'",
                    "folder/index.gmi exists, but this user cannot read it",
                    "locked exists, but this user cannot read what is in it, which is answered with 51: 'chmod a+rx'",
                ] {
                    try await server.program.says("\(site.capsule)/\(hint)")
                }
                #expect(server.program.errors.split(separator: " exists, but ").count == 4, "\(server.program.errors)")
            }
            // Who may pass through a folder, but not list it, finds what can be named.
            #expect(try await server.answer(to: "gemini://localhost/through").header == "31 /through/")
            #expect(try await server.answer(to: "gemini://localhost/through/").text == "20 text/gemini\r\nseen")
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
        }
    }

    @Test("An unreadable folder's name is told of without control characters", .enabled(if: isPossible))
    func hostileName() async throws {
        let site = try Site(["a\u{1B}[31m\nb/page.gmi": "secret"])
        let folder = "a\u{1B}[31m\nb"
        chmod("\(site.capsule)/\(folder)", 0o600)
        defer { chmod("\(site.capsule)/\(folder)", 0o755) }
        try await site.serve([], wrapper: Self.wrapper) { server async throws in
            #expect(try await server.answer(to: "gemini://localhost/a%1B%5B31m%0Ab/page.gmi").header == "51 Not found")
            try await server.program.says("\(site.capsule)/a\\x1B[31m\\x0Ab exists, but this user cannot read")
        }
    }

    @Test(
        "An unreadable folder, key or log is one sentence, and 78",
        .enabled(if: isPossible, "setpriv(1) is missing.")
    )
    func configuration() async throws {
        let site = try Site()
        let identity = try Identity.generate(names: ["localhost"], at: .now)
        try site.folder.write(identity.certificatesPEM, to: "c.pem")
        for (name, content) in [("k.pem", identity.privateKeyPEM), ("log", "")] {
            chmod(try site.folder.write(content, to: name), 0)
        }
        try site.folder.makeFolder("locked")
        chmod(site.folder.path("locked"), 0)
        try site.folder.makeFolder("readonly")
        chmod(site.folder.path("readonly"), 0o555)
        for (arguments, name) in [
            (["locked"], "locked"), (["capsule", "-c", "c.pem", "-k", "k.pem"], "k.pem"),
            (["capsule", "--access-log", "log"], "log"),
            (["capsule", "--state-dir", "locked/state"], "locked/state"),
            (["capsule", "--state-dir", "readonly/state"], "readonly/state"),
            (["capsule", "-g", "-c", "readonly/c.pem"], "readonly/c.pem"),
        ] {
            let result = try await withServerSlot {
                try await site.runAlongside(arguments + ["--port", "0"], wrapper: Self.wrapper)
            }
            #expect(result.status == .exit(78), "\(arguments): \(result.errors)")
            let sentence = try #require(result.sentence, "\(arguments): \(result.errors)")
            #expect(sentence.contains(name) && sentence.contains("Permission denied"), "\(sentence)")
        }
    }
}
#endif
