import Foundation
import NIOConcurrencyHelpers
import TestSupport
import Testing

/// `canaveral put`
@Suite("canaveral put")
struct PutCommandTests {
    /// Takes uploads and keeps them.
    private final class Shelf: Sendable {
        private let kept = NIOLockedValueBox<[String]>([])

        var contents: [String] { self.kept.withLockedValue { $0 } }

        func take(_ visit: ScriptedVisit, answer: String) async throws {
            let upload = try await visit.upload()
            self.kept.withLockedValue { $0.append(upload.content) }
            try await visit.send(answer)
            try await visit.connection.closeOutput()
        }
    }

    @Test(
        "TI-02: a file goes to a titan or a gemini address, with its type by its name unless it is said",
        arguments: [
            ("page.gmi", [], "text/gemini"), ("note.txt", [], "text/plain"), ("picture.png", [], "image/png"),
            ("README", [], "text/gemini"), ("page.gmi", ["--mime", "text/plain"], "text/plain"),
        ] as [(String, [String], String)]
    )
    func file(_ vector: (name: String, options: [String], type: String)) async throws {
        let shelf = Shelf()
        try await withScriptedServer {
            try await shelf.take($0, answer: "30 gemini://localhost/saved\r\n")
        } _: { server in
            let site = try Site()
            try site.folder.write("content\n", to: vector.name)
            for url in [server.titan("/x"), server.url("/x"), server.titan("/x;mime=a/b;size=1")] {
                let result = try await site.runAlongside(["put", vector.name, url] + vector.options)
                #expect(result.status == .exit(0), "\(result.errors)")
                #expect(result.errors.isEmpty)
                #expect(result.output == "gemini://localhost/saved\n", "TI-18: the target is printed, not fetched.")
                #expect(server.requests.last == server.titan("/x;size=8;mime=\(vector.type)"))
            }
            #expect(shelf.contents == ["content\n", "content\n", "content\n"])
        }
    }

    @Test("GP-186: a proxy is given an upload to another host, whichever scheme names it")
    func proxy() async throws {
        let shelf = Shelf()
        try await withScriptedServer {
            try await shelf.take($0, answer: "20 text/plain\r\n")
        } _: { server in
            let site = try Site()
            try site.folder.write("content\n", to: "page.gmi")
            for scheme in ["gemini", "titan"] {
                let result = try await site.runAlongside(
                    ["put", "page.gmi", "\(scheme)://example.org/x", "--proxy", "localhost:\(server.port)"]
                )
                #expect(result.status == .exit(0), "\(result.errors)")
                #expect(server.requests.last == "titan://example.org/x;size=8;mime=text/gemini")
            }
            #expect(shelf.contents == ["content\n", "content\n"])
        }
    }

    @Test("Standard input, and a token by flag or variable, the flag first")
    func token() async throws {
        let shelf = Shelf()
        try await withScriptedServer {
            try await shelf.take($0, answer: "20 text/gemini\r\nThanks\u{1B}\r\n")
        } _: { server in
            let site = try Site()
            let variable = ["CANAVERAL_TOKEN": "of variable"]
            for (options, environment, token) in [
                ([], [:], ""), (["--token", "a;b c"], [:], ";token=a%3Bb%20c"), ([], variable, ";token=of%20variable"),
                (["--token", "x"], variable, ";token=x"),
            ] {
                let result = try await site.runAlongside(
                    ["put", "-", server.url("/x")] + options,
                    environment: environment,
                    input: "from a pipe"
                )
                #expect(result.status == .exit(0))
                #expect(result.output == "Thanks\\u{1B}\n")
                #expect(server.requests.last == server.titan("/x;size=11;mime=text/gemini\(token)"))
                #expect(shelf.contents.last == "from a pipe")
            }
        }
    }

    @Test("Standard input that cannot be read is one sentence")
    func unreadableInput() async throws {
        let site = try Site()
        let wrapper = ["/bin/sh", "-c", "exec \"$@\" </", "sh"]
        let result = try await withServerSlot {
            try await site.runAlongside(["put", "-", "localhost:1"], wrapper: wrapper)
        }
        #expect(result.status == .exit(1))
        #expect(result.sentence?.hasPrefix("Standard input cannot be read (") == true, "\(result.errors)")
    }

    @Test("TI-19: --delete uploads nothing, which nothing else does")
    func deletion() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nGone")
        } _: { server in
            let site = try Site()
            try site.folder.write("", to: "empty.gmi")
            for file in ["-", "empty.gmi"] {
                let result = try await site.runAlongside(["put", file, server.url("/x")])
                #expect(result.status == .exit(1))
                #expect(result.sentence == "There is nothing to upload; to delete the page, use --delete.")
            }
            #expect(server.requests.isEmpty)
            let result = try await site.runAlongside(["put", "--delete", server.url("/x"), "--token", "t"])
            #expect(result.output == "Gone\n")
            #expect(server.requests == [server.titan("/x;size=0;mime=text/gemini;token=t")])
        }
    }

    @Test(
        "TI-14: a refusal is heard while the upload is on its way, and ends it",
        arguments: [("59 Too large", 50, "Too large"), ("60 Who?", 60, "Who?"), ("61 Not you", 60, "Not you")]
            as [(String, Int32, String)]
    )
    func refused(_ vector: (answer: String, status: Int32, text: String)) async throws {
        let size = 32 << 20
        try await withScriptedServer(stopsReadingAt: 1) { visit in
            try await visit.request()
            try await visit.send("\(vector.answer)\r\n")
            try await visit.connection.closeOutput()
        } _: { server in
            let site = try Site()
            try site.folder.write([UInt8](repeating: 0, count: size), to: "large.bin")
            let result = try await site.runAlongside(["put", "large.bin", server.url("/x")])
            #expect(result.status == .exit(vector.status))
            #expect(result.errors.contains(vector.text), "\(result.errors)")
            #expect(result.output.isEmpty)
            #expect((server.visits.first?.received.bytes.count ?? size) < size)
        }
    }

    @Test(
        "The server's words lead where it refuses an upload, and the explanation is one for uploads",
        arguments: [
            (
                "59 Bad request",
                "The server says “Bad request” (59). The server refused the upload's parameters; perhaps the token is wrong or missing."
            ),
            ("59", "The server refused the upload's parameters; perhaps the token is wrong or missing."),
            ("59 Too large", "The server says “Too large” (59). The server does not take this upload."),
            ("53 Not here", "The server says “Not here” (53). The server takes no uploads for this host."),
        ]
    )
    func explained(_ answer: String, _ sentence: String) async throws {
        try await withScriptedServer { visit in
            _ = try await visit.upload()
            try await visit.send("\(answer)\r\n")
            try await visit.connection.closeOutput()
        } _: { server in
            let result = try await Site().runAlongside(["put", "capsule/index.gmi", server.url("/x")])
            #expect(result.status == .exit(50))
            #expect(result.errors == "canaveral: \(server.url("/x")): \(sentence)\n")
        }
    }

    @Test("What takes no uploads is told of with what does", arguments: ["http://localhost/", "https://localhost/x"])
    func scheme(_ url: String) async throws {
        for arguments in [["capsule/index.gmi", url], ["--delete", url]] {
            let result = try await Site().run(["put"] + arguments)
            #expect(result.status == .exit(64))
            let scheme = url.prefix { $0 != "/" }
            #expect(
                result.sentence
                    == "Nothing can be uploaded to \(scheme) addresses; use one that begins with titan:// or gemini://.",
                "\(result.errors)"
            )
        }
    }

    @Test("--identity is shown with the upload")
    func identity() async throws {
        try await withScriptedServer { visit in
            _ = try await visit.upload()
            try await visit.send(visit.certificate == nil ? "60 Who?\r\n" : "20 text/plain\r\nThanks")
            try await visit.connection.closeOutput()
        } _: { server in
            let site = try Site()
            try site.folder.write(TestIdentity().pem, to: "visitor.pem")
            let arguments = ["put", "capsule/index.gmi", server.url("/x")]
            #expect(try await site.runAlongside(arguments).status == .exit(60))
            #expect(try await site.runAlongside(arguments + ["--identity", "visitor.pem"]).output == "Thanks\n")
        }
    }

    @Test("A long upload at a terminal tells how far it is, and Control-C ends it")
    func progress() async throws {
        let isOver = NIOLockedValueBox(false)
        try await withScriptedServer { visit in
            try await visit.request()
            // Reads a little now and then.
            while !isOver.withLockedValue({ $0 }) {
                try await visit.connection.stopReading()
                try await Task.sleep(for: .milliseconds(50))
                try await visit.connection.resumeReading()
                try await Task.sleep(for: .milliseconds(2))
            }
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let file = site.folder.path("large.bin")
            #expect(FileManager.default.createFile(atPath: file, contents: nil))
            // Has no blocks: only its size is large.
            #expect(truncate(file, 4 << 30) == 0)
            let program = try site.start(["put", "large.bin", server.url("/x")], on: terminal)
            try await program.says(" % of 4.0 GiB  ")
            program.send(SIGINT)
            #expect(try await program.end() == .exit(130))
            isOver.withLockedValue { $0 = true }
            #expect(await server.becomesIdle())
        }
    }

    @Test(
        "What cannot be done is one sentence that names it",
        arguments: [
            ([], 64, "<url"), (["a"], 64, "Name a file and the URL"), (["--edit", "a", "b"], 64, "Name one URL"),
            (["--edit", "--delete", "h"], 64, "--edit and --delete"), (["--mime", "nope", "a", "b"], 64, "nope"),
            (["capsule/index.gmi", "https://h/"], 64, "https:"), (["capsule/index.gmi", "a b"], 64, "a b"),
            (["missing.gmi", "h"], 1, "missing.gmi"), (["capsule", "h"], 1, "no regular file"),
            (["--edit", "localhost:1"], 1, "needs a terminal"),
        ] as [([String], Int32, String)]
    )
    func errors(_ vector: (arguments: [String], status: Int32, text: String)) async throws {
        let result = try await Site().run(["put"] + vector.arguments)
        #expect(result.status == .exit(vector.status))
        #expect(result.output.isEmpty)
        #expect(result.sentence?.contains(vector.text) == true, "\(result.errors)")
    }
}
