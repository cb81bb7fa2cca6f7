import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Input that a server asks for")
struct InputTests {
    private func request(_ response: String, at url: String) throws -> InputRequest {
        let header = try ResponseHeader.parse(Array((response + "\r\n").utf8).span).header
        return InputRequest(.test(header, url: try GeminiURL(url)))
    }

    @Test("GP-100: the prompt is told as it came, and whether the answer is to be hidden")
    func prompt() async throws {
        try await withScriptedServer { visit in
            try await visit.answer(visit.number == 0 ? "10 Grüße?  Really?\r\n" : "11 Password\r\n")
        } _: { server in
            let client = makeClient()
            let first = try #require(try await client.fetch(server.url()).input)
            #expect(first.prompt == "Grüße?  Really?")
            #expect(!first.isSensitive)
            let second = try #require(try await client.fetch(server.url()).input)
            #expect(second.prompt == "Password")
            #expect(second.isSensitive)
        }
    }

    @Test(
        "GP-101, GP-102, GP-107: an answer is encoded so that nothing of it means anything",
        arguments: [
            ("a b+c&d=é", "a%20b%2Bc%26d%3D%C3%A9"), ("x\ny", "x%0Ay"), ("x\r\ny", "x%0Ay"), ("", ""),
            ("#?/", "%23%3F%2F"),
        ]
    )
    func encoding(input: String, query: String) async throws {
        try await withScriptedServer { visit in
            try await visit.answer(visit.number == 0 ? "10 ?\r\n" : "20 text/plain\r\n")
        } _: { server in
            let client = makeClient()
            let request = try #require(try await client.fetch(server.url("/search?hello#top")).input)
            _ = try await client.page(at: request.answered(with: input))
            #expect(try server.requests.last == "\(server.url("/search"))?\(query)")
        }
    }

    @Test("GP-104: an answer replaces the query")
    func replacing() throws {
        let request = try self.request("10 ?", at: "gemini://h/search?hello")
        #expect(try request.answered(with: "the user input").description == "gemini://h/search?the%20user%20input")
    }

    @Test("GP-105: what would make the request over 1,024 bytes is refused, and what is left is told")
    func length() throws {
        let request = try self.request("10 ?", at: "gemini://h/search?hello#x")
        let room = 1024 - "gemini://h/search?".utf8.count
        #expect(request.remainingBytes(after: "") == room)
        #expect(request.remainingBytes(after: "é ") == room - 9)
        let longest = String(repeating: "a", count: room)
        #expect(try request.answered(with: longest).description.utf8.count == 1024)
        #expect(throws: InputError.tooLong(excess: 3)) { try request.answered(with: longest + " ") }
    }

    @Test("GP-106, GP-158: the answer goes to what asked, after redirects, with the same identity")
    func afterRedirect() async throws {
        let identity = try ClientIdentity.test()
        try await withScriptedServer { visit in
            try await visit.answer(["30 /ask?x\r\n", "10 Name?\r\n", "20 text/plain\r\n"][visit.number])
        } _: { server in
            let identities = TestIdentities([(try server.url("/ask").description, identity)])
            let client = makeClient(identities: identities)
            let request = try #require(try await client.fetch(server.url("/start#top")).input)
            #expect(request.url == (try server.url("/ask?x")))
            _ = try await client.page(at: request.answered(with: "me"))
            let urls = try ["/start", "/ask?x", "/ask?me"].map { try server.url($0).description }
            #expect(server.requests == urls)
            #expect(server.visits.map { $0.certificate != nil } == [false, true, true])
        }
    }
}
