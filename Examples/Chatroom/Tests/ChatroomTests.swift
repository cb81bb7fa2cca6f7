import CanaveralTesting
import Testing

@testable import Chatroom

@Suite("Chatroom")
struct ChatroomTests {
    @Test("What one says another reads, while the page stays open", arguments: Transport.allCases)
    func talk(_ transport: Transport) async throws {
        let ada = try VisitorIdentity(commonName: "ada")
        let blaise = try VisitorIdentity(commonName: "blaise")
        try await makeChatroom().test(transport) { client async throws in
            try await client.as(ada).stream("/room/") { page async throws in
                #expect(page.status == .success)
                var lines = page.textLines.makeAsyncIterator()
                #expect(try await lines.next()?.hasPrefix("# The room, with ada~") == true)
                #expect(try await lines.next()?.hasPrefix("* ada~") == true)

                let front = try await client.get("/")
                #expect(front.contains("* ada~"))
                #expect(!front.contains("Nobody."))

                let question = try await client.as(blaise).get("/room/say")
                #expect(question.is(.input))
                let answer = try await client.as(blaise).answer(question, with: "=> /trap Hello,\nworld")
                #expect(try await client.as(blaise).follow(answer).is(.input))
                let said = try #require(try await lines.next())
                #expect(said.hasPrefix("<blaise~"))
                #expect(said.hasSuffix("> => /trap Hello, world"))
            }
            // The reader has gone without a word, which shows when there is something to write to it.
            while try await !client.get("/").contains("Nobody.") {
                _ = try await client.as(blaise).get("/room/say", input: "Still there?")
            }
        }
    }

    @Test("Who has no certificate is asked for one at the door")
    func strangers() async throws {
        try await makeChatroom().test { client async throws in
            #expect(try await client.get("/room/").is(.certificateRequired))
            let sent = try await client.get("/room/say")
            #expect(sent.redirect?.path == "/room/")
        }
    }

    @Test("Newcomers read the last twenty lines")
    func history() async throws {
        let ada = try VisitorIdentity(commonName: "ada")
        try await makeChatroom().test { client async throws in
            for number in 1...25 { _ = try await client.as(ada).get("/room/say", input: "line \(number)") }
            try await client.as(ada).stream("/room/") { page async throws in
                var lines: [String] = []
                for try await line in page.textLines {
                    lines.append(line)
                    if lines.count == 22 { break }
                }
                #expect(lines[1].hasSuffix("line 6"))
                #expect(lines[20].hasSuffix("line 25"))
                #expect(lines[21].hasSuffix("is here"))
            }
        }
    }
}
