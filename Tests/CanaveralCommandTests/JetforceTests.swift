import Foundation
import TestSupport
import Testing

/// jetforce's own black-box cases, as far as they are about files (peers.md 2.9). Where we answer otherwise on purpose,
/// the row of protocol.md that says so stands beside the case.
@Suite("What jetforce's users expect")
struct JetforceTests {
    private static let index = "20 text/gemini\r\nJetforce rules!\n"
    private static let file = "20 text/plain\r\nthis is a file\n"
    private static let notFound = "51 Not found\r\n"

    static let vectors: [(line: String, answer: String)] = [
        ("gemini://localhost", index), ("gemini://localhost/", index), ("gemini://localhost//", index),
        ("gemini://localhost/./", index), ("gemini://localhost/index.gmi", index),
        ("gemini://localhost/inde%78.gmi", index),
        ("gemini://localhost/cgi-bin/../", index), ("gemini://LocalHost", index), ("GEMINI://localhost/", index),
        ("gemini://localhost/.", index),  // DA-23: jetforce echoes the path, as 31 ..././
        ("gemini://localhost/files", "31 /files/\r\n"),  // DA-23: an absolute path where jetforce sends the whole URL
        ("gemini://localhost/files/..", index),  // DA-23
        ("gemini://localhost/files//test.txt", file), ("gemini://localhost/files/test.txt", file),
        ("gemini://localhost/files/test.txt/", notFound),  // DA-26: jetforce serves it
        ("gemini://localhost/files/test.txt.gz", "20 application/gzip\r\nnot really"),
        ("gemini://localhost/invalid", notFound), ("gemini://localhost/..", notFound),
        ("gemini://localhost/../", notFound),
        ("gemini://localhost/../.", notFound), ("gemini://localhost/../test_jetforce.py", notFound),
        ("gemini://localhost/%AE", notFound), ("gemini://localhost/..foo", notFound),
        ("gemini://localhost/.hidden", notFound),  // DA-24: jetforce serves it
        ("gemini://caf\u{E9}.localhost/", index), ("gemini://xn--caf-dma.localhost/", index),
        ("gemini://localhost./", index),  // GP-031: jetforce refuses
    ]

    /// 53 and 59, whose texts are ours.
    static let refusals: [(line: String, status: String)] = [
        ("gemini://example.com/", "53 "), ("gemini://localhost:1111/", "53 "), ("data://localhost/", "53 "),
        ("http://localhost/", "53 "), ("titan://localhost/x;size=0", "53 "), ("gemini://127.0.0.1/", "53 "),
        ("//localhost", "59 "), ("/", "59 "), ("gemini://nancy@localhost/", "59 "), ("gemini://@localhost/", "59 "),
        // DA-04
        ("gemini://localhost/#top", "59 "),  // DA-03
        ("gemini://localhost:port/", "59 "), ("", "59 "),
        ("gemini://localhost/" + String(repeating: "a", count: 1010), "59 "),
        ("gemini://localhost/%00", "59 "),  // GP-060: jetforce fails with 42
    ]

    private static func site() throws -> Site {
        let site = try Site([
            "index.gmi": "Jetforce rules!\n", "files/test.txt": "this is a file\n", "files/test.txt.gz": "not really",
            ".hidden": "secret", "cgi-bin/debug.py": "#!/usr/bin/env python3\n",
        ])
        return site
    }

    @Test("Files, folders and what is none")
    func answers() async throws {
        let arguments = ["--hostname", "localhost", "--hostname", "xn--caf-dma.localhost", "--host", "127.0.0.1"]
        try await Self.site().serve(arguments) { server async throws in
            for (line, answer) in Self.vectors {
                #expect(try await server.answer(to: line).text == answer, "\(line)")
            }
            for (line, status) in Self.refusals {
                let reply = try await server.answer(to: line)
                #expect(reply.header.hasPrefix(status) && reply.body.isEmpty, "\(line): \(reply.header)")
            }
            let port = "gemini://localhost:\(server.port)/"
            #expect(try await server.answer(to: port).text == Self.index)
            for folder in ["gemini://localhost/files/", "gemini://localhost/files//"] {
                let reply = try await server.answer(to: folder)
                let links = "=> ../ ..\n=> test.txt test.txt\n=> test.txt.gz test.txt.gz\n"
                #expect(reply.text == "20 text/gemini\r\n# /files/\n\n\(links)")
            }
        }
    }

    @Test("--default-lang labels gemtext only, and the index too; --index-file names it")
    func language() async throws {
        try await Self.site().serve("--default-lang", "en", "--index-file", "test.txt") { server async throws in
            for (path, header) in [
                ("/", "20 text/gemini; lang=en"), ("/index.gmi", "20 text/gemini; lang=en"),
                ("/files/", "20 text/plain"),
                ("/files/test.txt", "20 text/plain"), ("/files/test.txt.gz", "20 application/gzip"),
            ] {
                #expect(try await server.answer(to: "gemini://localhost\(path)").header == header, "\(path)")
            }
        }
    }

    @Test("--charset, --mime and --no-listing do what they say")
    func otherOptions() async throws {
        let arguments = [
            "--charset", "utf-8", "--mime", ".TXT=text/gemini", "--mime", "gz=application/x-own", "--no-listing",
        ]
        try await Self.site().serve(arguments) { server async throws in
            for (path, header) in [
                ("/", "20 text/gemini; charset=utf-8"), ("/files/test.txt", "20 text/gemini; charset=utf-8"),
                ("/files/test.txt.gz", "20 application/x-own"), ("/files/", "51 Not found"), ("/files", "31 /files/"),
            ] {
                #expect(try await server.answer(to: "gemini://localhost\(path)").header == header, "\(path)")
            }
        }
    }
}
