import CanaveralTesting
import Foundation
import Testing

@testable import Wiki

@Suite("The wiki")
struct WikiTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "wiki-\(UUID().uuidString)").path
    private let capsule: Capsule

    init() throws {
        self.capsule = try Capsule(routes: Wiki(pages: try Pages(in: self.folder)).routes)
    }

    @Test("A page is written, edited, and remembers what it was", arguments: Transport.allCases)
    func editing(_ transport: Transport) async throws {
        defer { try? FileManager.default.removeItem(atPath: self.folder) }
        let alice = try VisitorIdentity(commonName: "alice")
        try await self.capsule.test(transport) { visitor async throws in
            let empty = try await visitor.get("/wiki/moon")
            #expect(empty.contains("Nobody has written this page yet."))
            #expect(try await visitor.upload("# Moon", to: "/wiki/moon").is(.certificateRequired))
            #expect(try await visitor.edit("/wiki/moon").is(.certificateRequired))

            let client = visitor.as(alice)
            let written = try await client.upload("# Moon\nFar.\nGrey.", to: "/wiki/moon")
            #expect(try await client.follow(written).contains("Grey."))
            let source = try await client.edit("/wiki/moon").text
            let edited = source.replacing("Far.", with: "Not so far.")
            #expect(try await client.upload(edited, to: "/wiki/moon").is(.temporaryRedirect))

            let history = try await visitor.get("/wiki/moon/history")
            #expect(history.links.map(\.target).contains("/wiki/moon/history/1"))
            #expect(try await visitor.get("/wiki/moon/history/1").contains("\nFar."))
            let changes = try await visitor.get("/wiki/moon/changes/2")
            #expect(changes.contains(" # Moon\n-Far.\n+Not so far.\n Grey."))
            #expect(try await visitor.get("/recent").contains("moon, by alice"))
            #expect(try await visitor.get("/").links.map(\.target).contains("/wiki/moon"))
        }
        let again = try Capsule(routes: Wiki(pages: try Pages(in: self.folder)).routes)
        let page = try await again.test(transport) { client in try await client.get("/wiki/moon") }
        #expect(page.contains("Not so far."))
    }

    @Test(
        "What an author leaves open swallows no link",
        arguments: ["```\nabc", "```\n```\n```x", "a\r\n```\r\nb\r\n", "a\u{2028}```"]
    )
    func openBlocks(_ text: String) async throws {
        defer { try? FileManager.default.removeItem(atPath: self.folder) }
        try await self.capsule.test { client async throws in
            let page = try await client.as(VisitorIdentity()).upload(text, to: "/wiki/a")
            let shown = try await client.follow(page)
            #expect(shown.links.map(\.label) == ["Edit this page", "History", "All pages"])
            #expect(shown.links.first?.target == "titan://localhost/wiki/a;edit")
        }
    }

    @Test("Names that are no addresses are no pages", arguments: ["A", "a%2Fb", "..%2Fa", "caf%C3%A9", ".a"])
    func names(_ name: String) async throws {
        defer { try? FileManager.default.removeItem(atPath: self.folder) }
        try await self.capsule.test { client async throws in
            let page = try await client.as(VisitorIdentity()).upload("x", to: "/wiki/\(name)")
            #expect(page.is(.notFound))
        }
    }

    @Test(
        "What changed, line by line",
        arguments: [
            ("", "a", ["-", "+a"]),
            ("a\nb\nc", "a\nc", [" a", "-b", " c"]),
            ("a\nc", "a\nb\nc\nd", [" a", "+b", " c", "+d"]),
            ("a", "a", [" a"]),
        ]
    )
    func differences(_ old: String, _ new: String, _ lines: [String]) {
        #expect(Diff(from: old, to: new).lines == lines)
    }

    @Test("Long pages that have nothing in common are told apart at once", .timeLimit(.minutes(1)))
    func longDifferences() {
        let old = String(repeating: "a\n", count: 32_768)
        let new = String(repeating: "b\n", count: 32_768)
        #expect(Diff(from: old, to: new).lines.count == 65_537)
    }
}
