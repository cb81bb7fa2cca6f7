import TestSupport
import Testing

/// `--scgi` and `--fastcgi`.
@Suite("Daemons among the files")
struct DaemonsTests {
    @Test("A daemon answers beneath its path, the longest first; files beside it as ever")
    func answers() async throws {
        let site = try Site(["index.gmi": "# Home\n", "wiki/index.gmi": "never seen\n", "wikis.gmi": "a file\n"])
        try await withScriptedServer(isPlain: true, isSecond: true) { visit in
            _ = try await visit.connection.read(atLeast: 20)
            try await visit.send("20 text/plain\nwiki " + visit.received.text.after("SCRIPT_NAME\0"))
            try await visit.connection.closeOutput()
        } _: { wiki in
            try await withScriptedServer(isPlain: true, isSecond: true) { visit in
                _ = try await visit.connection.read(atLeast: 20)
                let text = "20 text/plain\nfast "
                let header: [UInt8] = [1, 6, 0, 1, 0, UInt8(text.utf8.count), 0, 0]
                let end: [UInt8] = [1, 3, 0, 1, 0, 8, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 0]
                try await visit.connection.send(header + Array(text.utf8) + end)
                try await visit.connection.closeOutput()
            } _: { fast in
                let slow = "/wiki=127.0.0.1:\(wiki.port)"
                let quick = "/wiki/fast/=127.0.0.1:\(fast.port)"
                try await site.serve("--scgi", slow, "--fastcgi", quick) { server async throws in
                    for (path, answer) in [
                        ("", "20 text/gemini\r\n# Home\n"), ("wikis.gmi", "20 text/gemini\r\na file\n"),
                        ("wiki", "20 text/plain\r\nwiki /wiki"), ("wiki/", "20 text/plain\r\nwiki /wiki"),
                        ("%77iki/page", "20 text/plain\r\nwiki /wiki"), ("wiki/faster", "20 text/plain\r\nwiki /wiki"),
                        ("wiki/fast", "20 text/plain\r\nfast "), ("wiki/fast/x", "20 text/plain\r\nfast "),
                    ] {
                        let reply = try await server.answer(to: "gemini://localhost/\(path)")
                        #expect(reply.text == answer, "\(path)")
                    }
                }
            }
        }
    }

    @Test("A daemon that is not there is 42, and the files are served all the same")
    func absent() async throws {
        let site = try Site(["index.gmi": "# Home\n"])
        try await site.serve("--scgi", "/x=unix:/nowhere/at.all") { server async throws in
            #expect(try await server.answer(to: "gemini://localhost/x").text == "42 CGI error\r\n")
            #expect(try await server.answer(to: "gemini://localhost/").text == "20 text/gemini\r\n# Home\n")
        }
    }

    @Test(
        "What cannot be meant is an error",
        arguments: [
            ["--scgi", "127.0.0.1:4000"], ["--scgi", "x=127.0.0.1:4000"], ["--scgi", "/x=4000"],
            ["--scgi", "/x=unix:y"],
            ["--fastcgi", "/../x=127.0.0.1:1"], ["--scgi", "/x=127.0.0.1:1", "--fastcgi", "/x/=127.0.0.1:2"],
            ["--cgi-dir", "x", "--scgi", "/x=127.0.0.1:1"],
        ]
    )
    func wrong(arguments: [String]) async throws {
        let site = try Site(["index.gmi": "# Home\n"])
        let result = try await site.run([site.capsule, "--port", "0"] + arguments)
        #expect(result.status == .exit(64), "\(result.errors)")
        #expect(!result.errors.isEmpty)
    }
}

extension String {
    /// What follows the text, up to a NUL.
    fileprivate func after(_ text: String) -> String {
        guard let range = self.firstRange(of: text) else { return "" }
        return String(self[range.upperBound...].prefix { $0 != "\0" })
    }
}
