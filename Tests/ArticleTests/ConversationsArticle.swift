import CanaveralTesting
import Testing

// The code of the article "Conversations".

enum Seed: String, CaseIterable {
    case sunflower, poppy, moonflower
}

func makeShop() throws -> Capsule {
    try Capsule { routes in
        routes.conversation("/order") { talk in
            let seed = try await talk.ask("Which seeds?", of: Seed.self)
            let count = try await talk.ask("How many?") { text in
                guard let count = Int(text), (1...99).contains(count) else { throw Invalid("From 1 to 99.") }
                return count
            }
            guard try await talk.confirm("Order \(count) \(seed.rawValue)?") else {
                return .gemtext("Another time, then.")
            }
            let number = try await talk.transaction("order") { transaction in
                let orders = StoreKey(space: "orders", id: "count")
                let number = try await transaction.read(orders, as: Int.self) ?? 1
                try await transaction.write(number + 1, to: orders, expires: .never)
                return number
            }
            return .gemtext("# Order \(number)\nYour seeds will be on the next rocket.")
        }
        routes.conversation("/letter/{to}") { (talk, to: String) in
            guard let text = try await talk.compose("A letter to \(to)") else { return .redirect(to: "/") }
            return .gemtext {
                Heading("Sent to \(to)")
                Quote(text)
            }
        }
    }
}

@Suite("The article \"Conversations\"")
struct ConversationsArticle {
    @Test("The code is that of this file")
    func code() throws {
        try expectCode(of: "Sources/Canaveral/Canaveral.docc/Conversations.md", toBeIn: #filePath)
    }

    @Test("It does what the article says")
    func order() async throws {
        try await makeShop().test { client in
            let client = client.followingRedirects()
            let seeds = try await client.get("/order")
            #expect(seeds.meta.hasPrefix("Which seeds?"))
            let count = try await client.answer(seeds, with: "pop")
            #expect(count.meta == "How many?")
            let again = try await client.answer(count, with: "lots")
            #expect(again.meta == "From 1 to 99. How many?")
            let sure = try await client.answer(again, with: "7")
            #expect(sure.meta == "Order 7 poppy? (yes/no)")
            let back = try await client.answer(count, with: "8")
            #expect(back.meta == "Order 8 poppy? (yes/no)")
            let done = try await client.answer(back, with: "yes")
            #expect(done.contains("# Order 1"))
            let reloaded = try await client.get(done.url)
            #expect(reloaded.contains("# Order 1"))
        }
    }

    @Test("A letter is composed")
    func letter() async throws {
        try await makeShop().test { client in
            let client = client.followingRedirects()
            let empty = try await client.get("/letter/Bob")
            let line = try await client.open(link: "Add a line", of: empty)
            let draft = try await client.answer(line, with: "Hello")
            let sent = try await client.open(link: "Send it", of: draft)
            #expect(sent.text == "# Sent to Bob\n> Hello\n")
        }
    }
}
