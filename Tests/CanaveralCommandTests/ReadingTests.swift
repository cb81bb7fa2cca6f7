import Foundation
import TestSupport
import Testing

/// `canaveral get` with a person in front of it.
@Suite("canaveral get at a terminal")
struct ReadingTests {
    private static let page = """
        20 text/gemini\r
        # A heading with enough words that a narrow terminal has to break it
        => /next The next page
        \u{1B}[31mred 日本語
        * an item

        """

    /// What the program has shown when it has ended.
    private static func shown(
        _ arguments: [String],
        columns: Int = 80,
        environment: [String: String] = [:],
        status: Int32 = 0
    ) async throws -> String {
        let (site, terminal) = (try Site(), try PseudoTerminal(columns: columns))
        let program = try site.start(["get"] + arguments, on: terminal, environment: environment)
        #expect(try await program.end() == .exit(status))
        return program.errors.replacing("\r\n", with: "\n")
    }

    @Test("Gemtext is laid out for the terminal's width, links are resolved, and nothing of the page steers it")
    func layout() async throws {
        try await withScriptedServer {
            try await $0.answer(Self.page)
        } _: { server in
            #expect(
                try await Self.shown([server.url("/a/b")], columns: 40) == """
                    # A heading with enough words that a
                      narrow terminal has to break it
                    => The next page
                       \(server.url("/next"))
                    \\u{1B}[31mred 日本語
                    • an item

                    """
            )
            let wide = try await Self.shown(["--header", server.url("/a/b")], columns: 100)
            #expect(
                wide.hasPrefix("20 text/gemini\n# A heading with enough words that a narrow terminal has to break it\n")
            )
            let raw = try await Self.shown(["--raw", server.url()], columns: 40)
            #expect(raw.contains("=> /next The next page\n") && !raw.contains("\u{1B}"))
        }
    }

    @Test("There is colour, unless the person wants none")
    func colour() async throws {
        try await withScriptedServer {
            try await $0.answer(Self.page)
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try Program(
                ["get", server.url()],
                environment: site.environment.merging(["TERM": "xterm"]) { $1 },
                terminal: terminal
            )
            #expect(try await program.end() == .exit(0))
            #expect(program.errors.contains("\u{1B}[1;36m# A heading"))
            #expect(!(try await Self.shown([server.url()])).contains("\u{1B}"))
        }
    }

    @Test(
        "GP-112, GP-114: text is shown in its character set, and what cannot be shown says what to do",
        arguments: [
            ("text/gemini; charset=iso-8859-1", "* caf\u{E9}\n", "• café\n", 0),
            ("text/plain; charset=iso-8859-1", "caf\u{E9}", "café\n", 0),
            ("text/plain", "a\r\n\tb\u{1B}", "a\n\tb\\u{1B}\n", 0),
            ("text/plain; charset=koi8-r", "x", "character set koi8-r", 1),
            ("image/png", "x", "save it with -o FILE", 1),
        ] as [(String, String, String, Int32)]
    )
    func kinds(_ vector: (type: String, body: String, shown: String, status: Int32)) async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            // One byte for each character, as ISO 8859-1 has it.
            try await visit.connection.send(
                "20 \(vector.type)\r\n\(vector.body)".unicodeScalars.map { UInt8($0.value) }
            )
            try await visit.connection.closeOutput()
        } _: { server in
            let text = try await Self.shown([server.url()], status: vector.status)
            #expect(vector.status == 0 ? text == vector.shown : text.contains(vector.shown), "\(text)")
        }
    }

    @Test("Lines are shown when they come, of gemtext and of other text", arguments: ["text/gemini", "text/plain"])
    func live(_ type: String) async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 \(type)\r\n")
            try await visit.sendForEver("tick\n")
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try site.start(["get", server.url()], on: terminal)
            try await program.says("tick\r\ntick\r\n")
            program.send(SIGINT)
            #expect(try await program.end() == .exit(130))
            #expect(!program.errors.contains("canaveral:"))
        }
    }

    // MARK: Input

    @Test(
        "GP-100: a question is asked, and its answer sent; status 11 is not shown while it is typed",
        arguments: [10, 11]
    )
    func input(_ status: Int) async throws {
        try await withScriptedServer { visit in
            let line = try await visit.request()
            try await visit.answer(line.contains("?") ? "20 text/plain\r\nthank you" : "\(status) Your name?\r\n")
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try site.start(["get", server.url()], on: terminal)
            try await program.says("Your name? ")
            #expect(terminal.echoes == (status == 10))
            try terminal.type("a b\n")
            #expect(try await program.end() == .exit(0))
            #expect(program.errors.contains("thank you"))
            #expect(program.errors.contains("a b") == (status == 10))
            #expect(server.requests.last == server.url("/?a%20b"))
        }
    }

    @Test("GP-105: an answer that is too long is asked for again")
    func longInput() async throws {
        try await withScriptedServer { visit in
            let line = try await visit.request()
            try await visit.answer(line.hasSuffix("?short") ? "20 text/plain\r\nthank you" : "10 Q\r\n")
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try site.start(["get", server.url()], on: terminal)
            try await program.says("Q ")
            try terminal.type(String(repeating: "x", count: 1200) + "\nshort\n")
            #expect(try await program.end() == .exit(0))
            #expect(program.errors.contains("bytes too long; shorten it."))
            #expect(server.requests.count == 2)
        }
    }

    @Test("Control-C at a question ends it, and the terminal shows again what is typed", arguments: [10, 11])
    func interruptedQuestion(_ status: Int) async throws {
        try await withScriptedServer {
            try await $0.answer("\(status) Q?\r\n")
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try site.start(["get", server.url()], on: terminal)
            try await program.says("Q? ")
            program.send(SIGINT)
            #expect(try await program.end() == .exit(130))
            #expect(terminal.echoes)
            #expect(!program.errors.contains("canaveral:"))
        }
    }

    @Test("The end of the input is no answer")
    func noAnswer() async throws {
        try await withScriptedServer {
            try await $0.answer("10 Q?\r\n")
        } _: { server in
            let (site, terminal) = (try Site(), try PseudoTerminal())
            let program = try site.start(["get", server.url()], on: terminal)
            try await program.says("Q? ")
            try terminal.type("\u{4}")
            #expect(try await program.end() == .exit(10))
        }
    }
}
