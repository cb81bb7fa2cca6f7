import CanaveralTesting
import Testing

@testable import Echo

@Suite("Echo")
struct EchoTests {
    @Test("Asks, and gives back what it gets", arguments: Transport.allCases)
    func echo(_ transport: Transport) async throws {
        let ada = try VisitorIdentity(commonName: "ada")
        try await makeEcho().test(transport) { client async throws in
            let question = try await client.as(ada).get("/caf%C3%A9")
            #expect(question.is(.input))
            #expect(question.meta == "What shall I echo?")
            #expect(question.bytes.isEmpty)

            let page = try await client.as(ada).answer(question, with: "1 + 1\r\n= 2")
            #expect(page.mediaType == .plainText)
            #expect(page.text.hasPrefix("1 + 1\n= 2\n\nHost: localhost\n"))
            #expect(page.contains("Path: /caf%C3%A9 (/café)"))
            #expect(page.contains("CN=ada"))
        }
    }

    @Test("A query that is no text is refused")
    func noText() async throws {
        try await makeEcho().test { client async throws in
            #expect(try await client.get("/?%FF").is(.badRequest))
        }
    }
}
