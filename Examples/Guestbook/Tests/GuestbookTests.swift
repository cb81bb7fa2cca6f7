import CanaveralTesting
import Foundation
import Testing

@testable import Guestbook

@Suite("Guestbook")
struct GuestbookTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "guestbook-\(UUID().uuidString)")

    private func withBook(_ body: (Capsule) async throws -> Void) async throws {
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: self.folder) }
        try await body(makeGuestbook(in: self.folder.appending(path: "book.sqlite").path))
    }

    @Test(
        "Who signs is sent back to the book, which has the message, after a restart too",
        arguments: Transport.allCases
    )
    func signing(_ transport: Transport) async throws {
        let ada = try VisitorIdentity(commonName: "ada")
        try await self.withBook { capsule in
            try await capsule.test(transport, environment: .fixed()) { client async throws in
                let book = try await client.get("/")
                let question = try await client.as(ada).open(link: "Sign it", of: book)
                #expect(question.is(.input))
                let signed = try await client.as(ada).answer(question, with: "A fine launch!")
                #expect(signed.meta == "/")
                #expect(try await client.follow(signed).contains("## ada, 2026-01-01\n> A fine launch!"))
            }
            let again = try makeGuestbook(in: self.folder.appending(path: "book.sqlite").path)
            try await again.test { client async throws in
                #expect(try await client.get("/").contains("A fine launch!"))
            }
        }
    }

    @Test(
        "What visitors write is no markup",
        arguments: ["=> /trap", "# Boo", "```", "* item", "a\n=> /trap\n```\n# b"]
    )
    func markup(_ text: String) async throws {
        try await self.withBook { capsule in
            try await capsule.test { client async throws in
                let trickster = try client.as(VisitorIdentity(commonName: "x\n=> /trap"))
                _ = try await trickster.get("/sign", input: text)
                let book = try await client.get("/")
                #expect(book.links.map(\.target) == ["/sign"])
                let others = book.lines.dropFirst(3)
                #expect(others.count == text.split(separator: "\n").count)
                #expect(others.allSatisfy { if case .quote = $0 { true } else { false } })
            }
        }
    }

    @Test("What is too long is asked for again")
    func tooLong() async throws {
        try await self.withBook { capsule in
            try await capsule.test { client async throws in
                let page = try await client.get("/sign", input: String(repeating: "a", count: 281))
                #expect(page.is(.input))
                #expect(page.meta == "That is longer than 280 characters. Your message?")
            }
        }
    }
}
