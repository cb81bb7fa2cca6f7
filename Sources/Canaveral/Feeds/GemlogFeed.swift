public import GeminiFeeds
import GeminiFiles
public import GeminiProtocol
public import GeminiServer
import NIOCore
import NIOPosix

/// A folder of gemlog entries as a feed, for those who follow it.
///
/// ```swift
/// let log = try GemlogFeed(folder: "capsule/gemlog", at: GeminiURL("gemini://example.org/gemlog/"), title: "Flight log")
/// // "/gemlog/feed.gmi": log.subscriptionPage, "/gemlog/atom.xml": log.atom
/// ```
///
/// An entry is a file of gemtext whose name begins with a date, `2026-01-02-first-light.gmi`, or else one whose first
/// line but headings and empty ones does; files without a date are none. Its title is its first heading, or else what
/// its name says.
///
/// A file is read when it is new or was changed, and the folder is looked at once a second at most. Any task.
public struct GemlogFeed: Sendable {
    private let reader: GemlogReader

    /// - Parameters:
    ///   - folder: the folder with the entries. What lies outside of it, or has a hidden name, is never read.
    ///   - url: where the folder is served; the addresses of the entries begin with it.
    ///   - title: what the feed is called.
    ///   - subtitle: what it is about.
    ///   - author: who writes it.
    ///   - limit: how many entries the feed has at most, the newest.
    /// - Throws: `FileError` if the folder cannot be opened.
    public init(
        folder: String,
        at url: GeminiURL,
        title: String,
        subtitle: String? = nil,
        author: String? = nil,
        limit: Int = 100
    ) throws(FileError) {
        let feed = Feed(title: title, at: url, subtitle: subtitle, author: author, entries: [])
        self.init(reader: try GemlogReader(folder: folder, feed: feed, at: url, limit: limit) { .now() })
    }

    init(reader: GemlogReader) {
        self.reader = reader
    }

    /// The feed as it is now.
    ///
    /// - Throws: `FileError` if the folder cannot be read.
    public func feed() async throws -> Feed {
        let reader = self.reader
        return try await NIOThreadPool.singleton.runIfActive { try reader.feed() }
    }

    /// Answers with the page that can be subscribed to.
    public var subscriptionPage: ClosureResponder {
        .closure { _ in .gemtext(try await self.feed().subscriptionPage) }
    }

    /// Answers with the feed in Atom.
    public var atom: ClosureResponder {
        .closure { request in .atom(try await self.feed(), at: request.url) }
    }
}
