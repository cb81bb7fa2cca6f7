import Foundation
import TestSupport
import Testing

/// `--cgi-dir` and its like.
@Suite("Programs among the files")
struct ProgramsTests {
    private static let debug = """
        #!/bin/sh
        printf '20 text/plain\\n%s|%s|%s|%s|%s' "$SCRIPT_NAME" "$PATH_INFO" "$QUERY_STRING" "$PATH_TRANSLATED" "$SERVER_SOFTWARE"

        """

    private static func site() throws -> Site {
        let site = try Site([
            "index.gmi": "# Home\n", "cgi-bin/debug.sh": Self.debug, "cgi-bin/source.sh": Self.debug,
            "cgi-bin/index.gmi": "hidden\n", "cgi-binary.gmi": "a file\n", "data/x": "data\n",
        ])
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: site.capsule + "/cgi-bin/debug.sh"
        )
        return site
    }

    @Test("jetforce's cases, also with all slashes doubled; files beside them as ever")
    func answers() async throws {
        let site = try Self.site()
        try await site.serve("--cgi-dir", "cgi-bin") { server async throws in
            for (path, answer) in [
                ("cgi-bin/debug.sh", "/cgi-bin/debug.sh||"),
                ("cgi-bin/debug.sh?hello%20world", "/cgi-bin/debug.sh||hello%20world"),
                ("cgi-bin/debug.sh/", "/cgi-bin/debug.sh|/|"),
                ("cgi-bin/debug.sh/extra/info", "/cgi-bin/debug.sh|/extra/info|"),
                ("cgi-bin/debug.sh/extra/info/", "/cgi-bin/debug.sh|/extra/info/|"),
                ("/cgi-bin//debug.sh//extra//info//", "/cgi-bin/debug.sh|/extra/info/|"),
                ("cgi%2Dbin/debug.sh", "/cgi-bin/debug.sh||"), ("x/../cgi-bin/debug.sh", "/cgi-bin/debug.sh||"),
            ] {
                let reply = try await server.answer(to: "gemini://localhost/\(path)")
                #expect(reply.text.hasPrefix("20 text/plain\r\n\(answer)"), "\(path): \(reply.text)")
            }
            let reply = try await server.answer(to: "gemini://localhost/cgi-bin/debug.sh/a")
            #expect(reply.text.hasSuffix("|/a||\(site.capsule)/a|canaveral/0.1.0"), "\(reply.text)")
            for path in [
                "cgi-bin", "cgi-bin/", "cgi-bin/source.sh", "/cgi-bin//source.sh", "cgi%2dbin/source.sh",
                "cgi-bin/index.gmi", "%63gi-bin/source.sh", "./cgi-bin/./source.sh",
            ] {
                #expect(try await server.answer(to: "gemini://localhost/\(path)").text == "51 Not found\r\n", "\(path)")
            }
            #expect(try await server.answer(to: "gemini://localhost/").text == "20 text/gemini\r\n# Home\n")
            #expect(
                try await server.answer(to: "gemini://localhost/cgi-binary.gmi").text == "20 text/gemini\r\na file\n"
            )
        }
    }

    @Test("Without --cgi-dir nothing is run")
    func off() async throws {
        try await Self.site().serve { server async throws in
            let reply = try await server.answer(to: "gemini://localhost/cgi-bin/debug.sh")
            #expect(reply.text.hasSuffix("\r\n" + Self.debug))
        }
    }

    @Test("--cgi-style and --cgi-grant")
    func options() async throws {
        let site = try Self.site()
        try site.folder.write(
            "#!/bin/sh\necho '20 text/plain'; env | grep -c GEMINI_URL_PATH; cat \(site.capsule)/data/x || echo none\n",
            to: "capsule/cgi-bin/debug.sh"
        )
        let program = site.capsule + "/cgi-bin/debug.sh"
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        try await site.serve("--cgi-dir", "cgi-bin", "--cgi-style", "gmcapsule", "--cgi-grant", site.capsule) {
            server async throws in
            let reply = try await server.answer(to: "gemini://localhost/cgi-bin/debug.sh")
            #expect(reply.text == "20 text/plain\r\n1\ndata\n")
        }
    }

    @Test(
        "What cannot be meant is an error",
        arguments: [
            ["--cgi-dir", "/cgi-bin"], ["--cgi-dir", "../x"], ["--cgi-dir", ".cgi"], ["--cgi-dir", ""],
            ["--cgi-style", "apache", "--cgi-dir", "cgi-bin"], ["--cgi-grant", "/tmp"], ["--cgi-unconfined"],
            ["--cgi-dir", "none"], ["--cgi-dir", "cgi-bin", "--cgi-grant", "/nowhere/at/all"],
        ]
    )
    func wrong(arguments: [String]) async throws {
        let site = try Self.site()
        let result = try await site.run([site.capsule, "--port", "0"] + arguments)
        let isUsage = arguments.last != "none" && arguments.last != "/nowhere/at/all"
        #expect(result.status == .exit(isUsage ? 64 : 78), "\(result.errors)")
        #expect(!result.errors.isEmpty)
    }
}
