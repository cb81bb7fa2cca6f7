import Foundation
import GeminiFeeds
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import Canaveral

@Suite("Gemlog feeds")
struct GemlogFeedTests {
    let folder = try! TemporaryDirectory()
    let url = try! GeminiURL("gemini://example.org/log/")

    private func read(limit: Int = 100) async throws -> [FeedEntry] {
        try await GemlogFeed(folder: self.folder.path, at: self.url, title: "Log", limit: limit).feed().entries
    }

    private static func body(_ response: Response) throws -> String {
        guard case .bytes(let bytes) = response.body else { throw CancellationError() }
        return String(buffer: bytes)
    }

    @Test("SB-04: an entry is a file with a date, in its name or in its first line")
    func entries() async throws {
        try self.folder.write("text", to: "2026-01-02-first_light here.gmi")
        try self.folder.write("# A heading\n", to: "2026-01-03.gmi")
        try self.folder.write("# Later\n\n2026-02-01, at night\n", to: "later#1.gemini")
        try self.folder.write("# Log\n\nAll entries, 2026-02-01\n", to: "index.gmi")
        try self.folder.write("# No date\n2026-02-30\n", to: "no-date.gmi")
        try self.folder.write("# No page\n", to: "2026-01-04.txt")
        try self.folder.write("# Hidden\n", to: ".2026-01-04.gmi")
        try self.folder.write("# Digits\n", to: "2026-01-041.gmi")
        try self.folder.makeFolder("2026-01-05.gmi")
        let entries = try await self.read()
        #expect(entries.map(\.title) == ["Later", "A heading", "first light here"])
        #expect(
            entries.map(\.link.description) == [
                "gemini://example.org/log/later%231.gemini", "gemini://example.org/log/2026-01-03.gmi",
                "gemini://example.org/log/2026-01-02-first_light%20here.gmi",
            ]
        )
        #expect(entries.first?.updated.description == "2026-02-01T12:00:00Z")
        #expect(try await self.read(limit: 2).map(\.title) == ["Later", "A heading"])
    }

    @Test("Nothing outside of the folder is read")
    func outside() async throws {
        try self.folder.write("# Secret\n", to: "secret.gmi")
        try self.folder.makeFolder("log")
        try FileManager.default.createSymbolicLink(
            atPath: self.folder.path("log/2026-01-02.gmi"),
            withDestinationPath: "../secret.gmi"
        )
        let feed = try await GemlogFeed(folder: self.folder.path("log"), at: self.url, title: "Log").feed()
        #expect(feed.entries.isEmpty)
    }

    @Test("A change is seen within a second, and what did not change is not read again")
    func changes() throws {
        let now = NIOLockedValueBox(NIODeadline.uptimeNanoseconds(0))
        let reader = try GemlogReader(
            folder: self.folder.path,
            feed: Feed(title: "Log", at: self.url, entries: []),
            at: self.url,
            limit: 10
        ) { now.withLockedValue { $0 } }
        let path = try self.folder.write("# One\n", to: "2026-01-01.gmi")
        #expect(try reader.feed().entries.map(\.title) == ["One"])
        try self.folder.write("# Another\n", to: "2026-01-01.gmi")
        try self.folder.write("# Two\n", to: "2026-01-02.gmi")
        #expect(try reader.feed().entries.map(\.title) == ["One"])
        now.withLockedValue { $0 = $0 + .seconds(1) }
        #expect(try reader.feed().entries.map(\.title) == ["Two", "Another"])
        try FileManager.default.removeItem(atPath: path)
        now.withLockedValue { $0 = $0 + .seconds(1) }
        #expect(try reader.feed().entries.map(\.title) == ["Two"])
    }

    @Test("SB-09, SB-10: the capsule that comes with the package, as a page and in Atom")
    func capsule() async throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Examples/capsule/gemlog").standardized.path
        let log = try GemlogFeed(folder: folder, at: self.url, title: "Flight log", author: "The pad")
        let request = try Request(line: RequestLine(parsing: Array("gemini://example.org/log/atom.xml".utf8).span))
        let page = try await log.subscriptionPage.respond(to: request)
        #expect(
            try Self.body(page) == """
                # Flight log

                => gemini://example.org/log/tidying-links.gmi 2026-10-30 Tidying links
                => gemini://example.org/log/night-launch.gmi 2026-08-14 Night launch
                => gemini://example.org/log/reading-slowly.gmi 2026-06-21 On reading slowly
                => gemini://example.org/log/a-small-machine.gmi 2026-04-05 A capsule on a small machine
                => gemini://example.org/log/first-light.gmi 2026-02-17 First light

                """
        )
        let atom = try await log.atom.respond(to: request)
        #expect(atom.header.meta?.text == "application/atom+xml")
        let read = try Feed(
            atom: Array(try Self.body(atom).utf8),
            at: request.url,
            fetched: Timestamp(secondsSinceEpoch: 0)
        )
        #expect(try await log.feed() == read)
    }

    @Test("A folder that is not there is an error that names it")
    func missing() {
        let error = #expect(throws: FileError.self) {
            try GemlogFeed(folder: self.folder.path("nowhere"), at: self.url, title: "Log")
        }
        #expect(error?.description.contains("nowhere") == true)
    }
}
