import Foundation
import TestSupport
import Testing

/// `canaveral get` in a pipe.
@Suite("canaveral get")
struct GetCommandTests {
    @Test("A page goes into a pipe byte for byte, with its header if wanted")
    func bytes() async throws {
        let page = "# Caf\u{E9}\r\n\u{1B}[31m\ttail without end"
        try await withScriptedServer {
            try await $0.answer("20 text/gemini; lang=fr\r\n\(page)")
        } _: { server in
            let site = try Site()
            let plain = try await site.runAlongside(["get", server.url()])
            #expect(plain.status == .exit(0))
            #expect(plain.output == page)
            #expect(plain.errors.isEmpty)
            let headed = try await site.runAlongside(["get", "--header", "localhost:\(server.port)"])
            #expect(headed.output == "20 text/gemini; lang=fr\r\n\(page)")
            #expect(server.requests == ["gemini://localhost:\(server.port)/", "gemini://localhost:\(server.port)/"])
        }
    }

    @Test(
        "The exit code tells the class of the answer",
        arguments: [
            ("20 text/plain\r\nx", 0, ""), ("10 Your name?\r\n", 10, "asks “Your name?”: answer with --input TEXT."),
            ("11 \r\n", 10, "asks for input: answer with --input TEXT."),
            ("30 https://example.org/x\r\n", 30, "redirects to https://example.org/x, which has another scheme."),
            ("41 Tea\r\n", 40, "The server says: Tea"), ("51 Nope\r\n", 50, "There is no page at this address."),
            (
                "60 Who?\r\n", 60,
                "needs a client certificate (the server says: Who?): choose one with --identity NAME; canaveral identity new NAME makes one."
            ),
            ("61 Not you\r\n", 60, "Your certificate is not allowed"), ("62 Old\r\n", 60, "as valid"),
            ("HTTP/1.1 200 OK\r\n", 1, "does not answer as a Gemini server"),
        ] as [(String, Int32, String)]
    )
    func exitCodes(_ vector: (answer: String, status: Int32, text: String)) async throws {
        try await withScriptedServer {
            try await $0.answer(vector.answer)
        } _: { server in
            let result = try await Site().runAlongside(["get", server.url("/x")])
            #expect(result.status == .exit(vector.status))
            #expect(result.output == (vector.status == 0 ? "x" : ""))
            #expect(vector.text.isEmpty || result.errors.contains(vector.text), "\(result.errors)")
            #expect(result.errors.isEmpty == (vector.status == 0))
            #expect(server.requests.count == 1)
        }
    }

    @Test("GP-136: after five redirects it stops, with 30")
    func redirects() async throws {
        try await withScriptedServer {
            try await $0.answer("30 /again\r\n")
        } _: { server in
            let result = try await Site().runAlongside(["get", server.url()])
            #expect(result.status == .exit(30))
            #expect(result.sentence?.hasSuffix("after 5 redirects.") == true, "\(result.errors)")
            #expect(server.requests.count == 6)
        }
    }

    @Test("GP-101, GP-105: --input answers one question, if it fits")
    func input() async throws {
        try await withScriptedServer { visit in
            let line = try await visit.request()
            try await visit.answer(
                line.contains("?") ? "20 text/plain\r\n\(line.split(separator: "?")[1])" : "10 Q\r\n"
            )
        } _: { server in
            let site = try Site()
            #expect(try await site.runAlongside(["get", "--input", "a b+é", server.url()]).output == "a%20b%2B%C3%A9")
            let long = try await site.runAlongside(
                ["get", "--input", String(repeating: "x", count: 1100), server.url()]
            )
            #expect(long.status == .exit(1))
            #expect(long.sentence?.contains("bytes too long; shorten it.") == true, "\(long.errors)")
        }
    }

    @Test("GP-100: what a server asks cannot steer the terminal")
    func hostile() async throws {
        try await withScriptedServer {
            try await $0.answer("10 a\u{1B}[31mb\r\n")
        } _: { server in
            let result = try await Site().runAlongside(["get", server.url()])
            #expect(result.status == .exit(10))
            #expect(!result.errors.contains("\u{1B}"))
        }
    }

    @Test("GP-013: an end without close_notify is told of, and what came is kept", arguments: [false, true])
    func truncated(_ isSaved: Bool) async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\nabc")
            try await visit.connection.finishWire()
        } _: { server in
            let site = try Site()
            let result = try await site.runAlongside(["get", server.url()] + (isSaved ? ["-o", "file"] : []))
            #expect(result.status == .exit(0))
            #expect((isSaved ? site.content("file") : result.output) == "abc")
            #expect(result.sentence?.hasSuffix("close_notify: the end may be missing.") == true, "\(result.errors)")
        }
    }

    @Test(
        "--timeout ends the wait for a server that says nothing, at any point",
        arguments: ["", "20 text/plain\r\nx"]
    )
    func timeout(_ beginning: String) async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            if !beginning.isEmpty { try await visit.send(beginning) }
            try await visit.clientLeft()
        } _: { server in
            let result = try await Site().runAlongside(["get", "--timeout", "0.2", server.url()])
            #expect(result.status == .exit(1))
            #expect(result.errors.contains(beginning.isEmpty ? "in time" : "stopped sending"), "\(result.errors)")
        }
    }

    @Test("A server that is not there is one sentence, and 1")
    func unreachable() async throws {
        let result = try await Site().run("get", "localhost:1")
        #expect(result.status == .exit(1))
        #expect(result.sentence?.hasPrefix("localhost cannot be reached at port 1") == true, "\(result.errors)")
    }

    @Test(
        "What cannot be meant is one sentence, and 64",
        arguments: [
            (["https://example.org/"], "https: addresses cannot be fetched"), (["titan://localhost/"], "titan:"),
            (["gemini://a b/"], "is no address of a page"), (["u@localhost"], "userinfo"), ([""], "no host"),
            (["localhost:99999"], "port"), ([], "<url>"), (["a", "b"], "'b'"), (["--timeout", "0", "a"], "--timeout"),
            (["--timeout", "nan", "a"], "--timeout"), (["--proxy", "a b", "c"], "is no server"),
            (["-o", "", "a"], "--output"), (["--connect", "a b", "c"], "--connect"),
            (["--connect", "a/b", "c"], "--connect"), (["--connect", "a", "--proxy", "b", "c"], "exclude each other"),
        ] as [([String], String)]
    )
    func usage(_ vector: (arguments: [String], text: String)) async throws {
        let result = try await Site().run(["get"] + vector.arguments)
        #expect(result.status == .exit(64))
        #expect(result.output.isEmpty)
        #expect(result.sentence?.contains(vector.text) == true, "\(result.errors)")
    }

    // MARK: Standard output

    @Test("When nobody reads any more, it ends at once and says nothing")
    func unread() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\n")
            try await visit.sendForEver("line\n")
        } _: { server in
            let site = try Site()
            let program = try Program(["get", server.url()], environment: site.environment, readsOutput: false)
            #expect(try await program.end() == .exit(141))
            #expect(program.errors.isEmpty)
            #expect(await server.becomesIdle())
        }
    }

    #if os(Linux)
    @Test("What cannot be written is one sentence, and 1, and no endless download")
    func full() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\n")
            try await visit.sendForEver("line\n")
        } _: { server in
            for redirection in [">/dev/full", ">&-"] {
                let result = try await Site().runAlongside(
                    ["get", server.url()],
                    wrapper: ["/bin/sh", "-c", "exec \"$@\" \(redirection)", "sh"]
                )
                #expect(result.status == .exit(1))
                #expect(
                    result.sentence?.contains("could not be written to standard output") == true,
                    "\(result.errors)"
                )
            }
        }
    }
    #endif

    @Test("Control-C ends a body that never does, with 130 and no more words")
    func interrupted() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\n")
            try await visit.sendForEver("tick\n")
        } _: { server in
            let site = try Site()
            let program = try Program(["get", server.url()], environment: site.environment)
            try await program.prints("tick\n")
            program.send(SIGINT)
            #expect(try await program.end() == .exit(130))
            #expect(program.errors.isEmpty)
            #expect(await server.becomesIdle())
        }
    }
}
