import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Headers that a client receives")
struct HeaderTests {
    /// What a client makes of a response that ends with close_notify.
    private func outcome(_ response: String) async throws -> Outcome<Page> {
        try await withScriptedServer {
            try await $0.answer(response)
        } _: { server in
            try await makeClient().fetch(server.url())
        }
    }

    private func headerError(_ response: String) async throws -> ResponseHeaderError? {
        try await withScriptedServer {
            try await $0.answer(response)
        } _: { server in
            let url = try server.url()
            let failure = await error { try await makeClient().fetch(url) }
            #expect(await server.becomesIdle())
            guard case .invalidHeader(_, let header) = failure else {
                Issue.record("\(String(describing: failure))")
                return nil
            }
            return header
        }
    }

    @Test(
        "GP-079: what begins with no status from 10 to 69 is an error, and no body is handed out",
        arguments: [
            ("09 x\r\nbody", ResponseHeaderError.statusOutOfRange(9)),
            ("70 x\r\nbody", .statusOutOfRange(70)),
            ("99 x\r\nbody", .statusOutOfRange(99)),
            ("2 x\r\nbody", .malformedStatus),
            ("ab x\r\nbody", .malformedStatus),
            ("200 x\r\nbody", .malformedStatus),
            ("HTTP/1.1 200 OK\r\n", .malformedStatus),
        ]
    )
    func status(response: String, expected: ResponseHeaderError) async throws {
        #expect(try await self.headerError(response) == expected)
    }

    @Test("GP-080, GP-081: an undefined code acts as its group's x0, and is there to be read")
    func undefined() async throws {
        #expect(try await self.outcome("14 Name?\r\n").input?.prompt == "Name?")
        #expect(try await self.outcome("14 Name?\r\n").input?.isSensitive == false)
        let page = try #require(try await self.outcome("22 text/plain\r\nabc").page)
        #expect(try page.text == "abc")
        #expect(page.header.status.code == 22)
        #expect(page.exchange.deviations == .undefinedStatus)
        #expect(try await self.outcome("39 gopher://h/\r\n").redirect?.isPermanent == false)
        #expect(try await self.outcome("45 later\r\n").failure?.isPermanent == false)
        #expect(try await self.outcome("58 never\r\n").failure?.isPermanent == true)
        #expect(try await self.outcome("69 who?\r\n").certificate?.reason == .required)
    }

    @Test("GP-082: failures without text are taken", arguments: ["51\r\n", "51 \r\n"])
    func failureWithoutText(response: String) async throws {
        let failure = try #require(try await self.outcome(response).failure)
        #expect(failure.serverMessage == nil)
        #expect(failure.description == "There is no page at this address.")
    }

    @Test(
        "GP-082: a success without a media type is gemtext in UTF-8, with a remark",
        arguments: ["20\r\n", "20 \r\n"]
    )
    func successWithoutType(response: String) async throws {
        let page = try #require(try await self.outcome(response + "# Grüße\n").page)
        #expect(page.mediaType.description == "text/gemini; charset=utf-8")
        #expect(try page.document.title == "Grüße")
        #expect(page.exchange.deviations.contains(.missingMeta))
    }

    @Test("GP-082, GP-130: a redirect to nowhere is an error; a prompt may be empty")
    func empty() async throws {
        #expect(try await self.headerError("30\r\n") == .missingTarget)
        #expect(try await self.headerError("31 \r\n") == .missingTarget)
        #expect(try await self.outcome("10\r\n").input?.prompt == "")
    }

    @Test("GP-083: a header over 1,029 bytes is an error, as is a bare line feed; the client closes")
    func length() async throws {
        let longest = String(repeating: "a", count: 1024)
        #expect(try await self.outcome("51 \(longest)\r\n").failure?.serverMessage == longest)
        #expect(try await self.headerError("51 \(longest)a\r\n") == .tooLong(limit: 1029))
        #expect(try await self.headerError("51 " + String(repeating: "a", count: 5000)) == .tooLong(limit: 1029))
        #expect(try await self.headerError("51 x\n") == .bareLineFeed)
    }

    @Test("GP-083: the limit is the caller's")
    func ownLimit() async throws {
        let text = String(repeating: "a", count: 2000)
        try await withScriptedServer {
            try await $0.answer("51 \(text)\r\n")
        } _: { server in
            let outcome = try await makeClient { $0.limits.maximumMetaLength = 4096 }.fetch(server.url())
            #expect(outcome.failure?.serverMessage == text)
        }
    }

    @Test("GP-084: an end before CRLF, invalid UTF-8 and a byte order mark are errors of their own")
    func broken() async throws {
        #expect(try await self.headerError("20 text/gem") == .incomplete)
        #expect(try await self.headerError("") == .incomplete)
        #expect(try await self.headerError("\u{FEFF}20 text/gemini\r\n") == .byteOrderMark)
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.connection.send(Array("51 ".utf8) + [0xFF] + Array("\r\n".utf8))
            try await visit.connection.closeOutput()
        } _: { server in
            let url = try server.url()
            guard case .invalidHeader(_, .invalidUTF8) = await error(of: { try await makeClient().fetch(url) }) else {
                Issue.record("no error")
                return
            }
        }
    }

    @Test("GP-084: an end without close_notify before CRLF is the same error")
    func brokenWithoutCloseNotify() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/gem")
            try await visit.connection.finishWire()
        } _: { server in
            let url = try server.url()
            guard case .invalidHeader(_, .incomplete) = await error(of: { try await makeClient().fetch(url) }) else {
                Issue.record("no error")
                return
            }
        }
    }

    @Test("A header may come byte by byte, and the body in the same packet or a later one")
    func pieces() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.connection.send(Array("20 text/plain\r\nabc".utf8), inPiecesOf: 1)
            try await visit.connection.closeOutput()
        } _: { server in
            let page = try await makeClient().page(at: server.url())
            #expect(try page.text == "abc")
            #expect(!page.isTruncated)
        }
    }

    @Test("GP-078: what follows a header other than 2x is no body; the client waits a moment for the server to close")
    func noBody() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("51 Not found\r\nand some more")
            try await visit.clientLeft()
        } _: { server in
            let outcome = try await makeClient().fetch(server.url())
            #expect(outcome.failure?.status == .notFound)
            #expect(await server.becomesIdle(within: .seconds(5)))
            #expect(server.visits[0].received.closeNotify)
        }
    }

    @Test("GP-090, GP-094: a failure has a sentence for each code, and the server's text")
    func failure() async throws {
        let failure = try #require(try await self.outcome("52 moved out\r\n").failure)
        #expect(failure.status == .gone)
        #expect(failure.serverMessage == "moved out")
        #expect(failure.description == "The page has been removed for good. The server says: moved out")
        let explanations = Status.defined.filter { [4, 5].contains($0.group.rawValue) }.map { status in
            self.explanation(status)
        }
        #expect(Set(explanations).count == 10)
    }

    private func explanation(_ status: Status) -> String {
        let header = ResponseHeader.failure(status)
        return Failure(exchange: .test(header)).explanation
    }
}
