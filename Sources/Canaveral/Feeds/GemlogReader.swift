import GeminiFeeds
import GeminiFiles
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore

/// Reads a folder of gemlog entries, each once for as long as it does not change. For threads that may block.
final class GemlogReader: Sendable {
    private struct State {
        var feed: Feed
        var nextLook: NIODeadline?
        var entries: [[UInt8]: (version: FileVersion, entry: FeedEntry?)] = [:]
    }

    /// What is read of an entry, in which its heading and its date have to stand.
    private static let longestStart = 16_384
    private static let interval = TimeAmount.seconds(1)

    private let folder: ReadableFolder
    private let url: GeminiURL
    private let limit: Int
    private let now: @Sendable () -> NIODeadline
    private let state: NIOLockedValueBox<State>

    /// - Parameter feed: the feed without its entries.
    init(
        folder: String,
        feed: Feed,
        at url: GeminiURL,
        limit: Int,
        now: @escaping @Sendable () -> NIODeadline
    ) throws(FileError) {
        self.folder = try ReadableFolder(path: folder)
        self.url = url
        self.limit = limit
        self.now = now
        self.state = NIOLockedValueBox(State(feed: feed))
    }

    /// The feed, as it was within the last second.
    func feed() throws -> Feed {
        let now = self.now()
        return try self.state.withLockedValue { state in
            if let next = state.nextLook, now < next { return state.feed }
            let versions = try self.folder.versions()
            var entries: [[UInt8]: (version: FileVersion, entry: FeedEntry?)] = [:]
            for (name, version) in versions where name.isGemtextName {
                if let known = state.entries[name], known.version == version {
                    entries[name] = known
                } else {
                    entries[name] = (version, self.entry(name))
                }
            }
            state.entries = entries
            state.feed.entries = self.newest(entries.values.compactMap(\.entry))
            state.feed.updated = state.feed.entries.first?.updated ?? Timestamp(secondsSinceEpoch: 0)
            state.nextLook = now + Self.interval
            return state.feed
        }
    }

    /// The newest first; of one day, those whose names come last.
    private func newest(_ entries: [FeedEntry]) -> [FeedEntry] {
        Array(entries.sorted { ($0.updated, $0.id) > ($1.updated, $1.id) }.prefix(max(0, self.limit)))
    }

    private func entry(_ name: [UInt8]) -> FeedEntry? {
        guard let start = self.folder.contents(of: name, upTo: Self.longestStart) else { return nil }
        let gemlogName = GemlogName(name)
        let document = GemtextDocument(parsing: start.span)
        guard let date = gemlogName.date ?? document.firstDate,
            let reference = try? URIReference(PercentEncoding.relativeReference(toName: name)),
            let url = try? GeminiURL(reference.resolved(against: self.url.reference))
        else { return nil }
        // Noon, as readers of the page take the date (SB-06).
        return FeedEntry(title: document.title ?? gemlogName.title, at: url, updated: date + .seconds(12 * 3600))
    }
}

extension [UInt8] {
    fileprivate var isGemtextName: Bool {
        self.suffix(4).elementsEqual(".gmi".utf8) || self.suffix(7).elementsEqual(".gemini".utf8)
    }
}

extension GemtextDocument {
    /// The date that the first line begins with that is no heading and not empty.
    fileprivate var firstDate: Timestamp? {
        for line in self.lines {
            switch line {
            case .heading: continue
            case .text(let text) where text.allSatisfy(\.isWhitespace): continue
            case .text(let text): return Timestamp(date: text.utf8)
            default: return nil
            }
        }
        return nil
    }
}

extension Timestamp {
    /// Reads the date `YYYY-MM-DD` at the beginning of a text, if no further digit follows.
    init?(date text: some Collection<UInt8>) {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let date = text.prefix(10)
        guard date.count == 10, date.first.map(digits.contains) == true,
            text.dropFirst(10).first.map(digits.contains) != true
        else { return nil }
        self.init(iso8601: String(decoding: date, as: UTF8.self))
    }
}
