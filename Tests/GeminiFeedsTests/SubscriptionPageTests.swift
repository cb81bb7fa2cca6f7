import GeminiFeeds
import GeminiProtocol
import Testing

@Suite("Subscription pages")
struct SubscriptionPageTests {
    static let fetched = Timestamp(iso8601: "2026-11-21T08:00:00Z")!
    let url = try! GeminiURL("gemini://example.org/log/index.gmi")

    private func feed(_ page: String) throws -> Feed {
        try Feed(subscriptionPage: Array(page.utf8), at: self.url, fetched: Self.fetched)
    }

    @Test("SB-01 to SB-08: a page of the specification's kind becomes a feed")
    func whole() throws {
        let feed = try self.feed(
            """
            ## Before the title
            # Kiwi's log

            ## About birds

            Welcome. => gemini://no.example/ 2026-01-01 No link

            => first.gmi 2026-11-01 - First things
            => /about.gmi About me
            => gemini://other.example/x?y 2026-10-15: Elsewhere
            ```
            => hidden.gmi 2026-12-01 Preformatted
            ```
            ## Later
            => https://example.net/a%20b 2026-11-20 The web
            """
        )
        #expect(feed.id == "gemini://example.org/log/index.gmi")
        #expect(feed.link.description == feed.id)
        #expect(feed.title == "Kiwi's log" && feed.subtitle == "About birds")
        #expect(
            feed.entries.map(\.link.description) == [
                "gemini://example.org/log/first.gmi", "gemini://other.example/x?y", "https://example.net/a%20b",
            ]
        )
        #expect(feed.entries.map(\.id) == feed.entries.map(\.link.description))
        #expect(feed.entries.map(\.title) == ["First things", "Elsewhere", "The web"])
        #expect(
            feed.entries.map(\.updated.description) == [
                "2026-11-01T12:00:00Z", "2026-10-15T12:00:00Z", "2026-11-20T12:00:00Z",
            ]
        )
        #expect(feed.updated.description == "2026-11-20T12:00:00Z")
        #expect(feed.entries[0].url == (try GeminiURL("gemini://example.org/log/first.gmi")))
    }

    @Test(
        "SB-02: the title is the first heading of level 1",
        arguments: [
            ("# A\n# B", "A"), ("## B\n# A", "A"), ("#A", "A"), ("#\n# B", "B"), ("text\n# \tA \u{7}b ", "A b"),
            ("## B", nil), ("", nil), ("```\n# A\n```", nil),
        ]
    )
    func title(page: String, title: String?) throws {
        #expect(try self.feed(page).title == title)
    }

    @Test(
        "SB-03: the subtitle stands behind the title and before anything else",
        arguments: [
            ("# A\n## B", "B"), ("# A\n\n \n### C\n## B\n## D", "B"), ("## B\n# A", nil), ("# A\ntext\n## B", nil),
            ("# A\n=> x\n## B", nil), ("# A\n* x\n## B", nil), ("# A\n```\n```\n## B", nil), ("# A\n# C\n## B", "B"),
        ]
    )
    func subtitle(page: String, subtitle: String?) throws {
        #expect(try self.feed(page).subtitle == subtitle)
    }

    @Test(
        "SB-04: an entry is a link whose label begins with a date",
        arguments: [
            ("=> a 2026-01-02 T", "T"), ("=>a\t2026-01-02\tT", "T"), ("=> a 2026-1-2 T", nil),
            ("=> a T 2026-01-02", nil),
            ("=> a 2026-02-30 T", nil), ("=> a 2024-02-29 T", "T"), ("=> a 2026-13-01 T", nil), ("=> a", nil),
            ("=> 2026-01-02 T", nil), ("=> a 20260102 T", nil), ("=> a 2026/01/02 T", nil), ("=> a ２026-01-02 T", nil),
            ("=> http://[bad 2026-01-02 T", nil), ("* 2026-01-02 T", nil), ("=> a 2026-01-02T10:00 T", "T"),
        ]
    )
    func entries(line: String, title: String?) throws {
        #expect(try self.feed(line).entries.map(\.title) == [title].compactMap(\.self))
    }

    @Test(
        "SB-07: the title is the label without its first component and a separator",
        arguments: [
            ("2026-01-02 - Hi", "Hi"), ("2026-01-02 Hi", "Hi"), ("2026-01-02 – Hi – there", "Hi – there"),
            ("2026-01-02: Hi", "Hi"), ("2026-01-02 : Hi", "Hi"), ("2026-01-02 -Hi", "-Hi"), ("2026-01-02", ""),
            ("2026-01-02 -", ""), ("2026-01-02   Hi   there", "Hi there"), ("2026-01-02 \u{1B}[31mHi\u{7F}", "[31mHi"),
        ]
    )
    func titles(label: String, title: String) throws {
        #expect(try self.feed("=> a \(label)").entries.map(\.title) == [title])
    }

    @Test("SB-05: links are resolved, and of several to one URL the first is an entry")
    func unique() throws {
        let feed = try self.feed(
            """
            => /a 2026-01-02 First
            => ../log/../a 2026-01-03 Again
            => gemini://EXAMPLE.org:1965/a 2026-01-04 And again
            => /a?q 2026-01-05 Query
            => #part 2026-01-06 Fragment
            => a b 2026-01-07 Broken target
            => mailto:kiwi@example.org 2026-01-08 Mail
            => /ü 2026-01-09 Umlaut
            """
        )
        #expect(
            feed.entries.map(\.link.description) == [
                "gemini://example.org/a", "gemini://example.org/a?q", "gemini://example.org/log/index.gmi#part",
                "mailto:kiwi@example.org", "gemini://example.org/%C3%BC",
            ]
        )
        #expect(feed.entries[0].title == "First")
        #expect(feed.entries[3].url == nil)
    }

    @Test("SB-08: the feed is as new as its newest entry, or as the moment of fetching")
    func updated() throws {
        #expect(try self.feed("=> a 2026-01-02 T\n=> b 2026-03-02 T\n=> c 2026-02-02 T").updated.date == "2026-03-02")
        #expect(try self.feed("# A").updated == Self.fetched)
    }

    @Test("A page that was fetched with a fragment has the same id as without")
    func fragment() throws {
        let feed = Feed(
            subscriptionPage: GemtextDocument(parsing: "=> x 2026-01-02 T"),
            at: try GeminiURL("gemini://example.org/#top"),
            fetched: Self.fetched
        )
        #expect(feed.id == "gemini://example.org/")
    }

    @Test("A page beyond the limit is refused")
    func tooLarge() {
        #expect(throws: FeedError.tooLarge(Feed.maximumSize + 1)) {
            try Feed(
                subscriptionPage: Array(repeating: 0x20, count: Feed.maximumSize + 1),
                at: self.url,
                fetched: Self.fetched
            )
        }
    }

    @Test("No more than 10,000 entries are read, the first ones")
    func manyEntries() throws {
        let url = try GeminiURL("gemini://example.org/")
        let page = (0..<10_100).map { "=> \($0) 2026-01-02 \($0)" }.joined(separator: "\n")
        let feed = try Feed(subscriptionPage: Array(page.utf8), at: url, fetched: Timestamp(secondsSinceEpoch: 0))
        #expect(feed.entries.count == 10_000)
        #expect(feed.entries.last?.title == "9999")
    }
}
