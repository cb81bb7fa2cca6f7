import GeminiFeeds
import GeminiProtocol
import Testing

@Suite("Writing feeds")
struct FeedWritingTests {
    static let fetched = Timestamp(iso8601: "2026-11-21T08:00:00Z")!
    let url = try! GeminiURL("gemini://example.org/log/")

    private func feed(_ titles: [String], author: String? = "Kiwi") throws -> Feed {
        Feed(
            title: "Kiwi & <Co>",
            at: self.url,
            subtitle: "About \"birds\"",
            author: author,
            entries: try titles.enumerated().map { index, title in
                FeedEntry(
                    title: title,
                    at: try GeminiURL("gemini://example.org/log/\(index).gmi?a&b"),
                    updated: Timestamp(iso8601: "2026-11-0\(index + 1)T12:00:00Z")!,
                    summary: index == 0 ? "]]> & more" : nil
                )
            }
        )
    }

    private static let titles = [
        "One", "<b>&amp;\"'", "", "-", "- dash", "# x", "a\n=> evil\u{2028}b", "2026-01-01", "1",
    ]

    @Test("SB-01 to SB-09: a page has the newest entry first, each behind its date, each address once")
    func page() throws {
        var feed = try self.feed(["One", "", "- dash"])
        feed.entries.append(feed.entries[0])
        #expect(
            feed.subscriptionPage.description == """
                # Kiwi & <Co>

                ## About "birds"

                => gemini://example.org/log/2.gmi?a&b 2026-11-03 - - dash
                => gemini://example.org/log/1.gmi?a&b 2026-11-02 -
                => gemini://example.org/log/0.gmi?a&b 2026-11-01 One

                """
        )
    }

    @Test("SB-09: every line of an entry passes the expression that Lagrange has")
    func lagrange() throws {
        let page = try self.feed(Self.titles).subscriptionPage.description
        let links = page.split(separator: "\n").filter { $0.hasPrefix("=>") }
        #expect(links.count == Self.titles.count)
        for link in links {
            #expect(try #/^=>\s*(\S+)\s+(\d{4}-[01]\d-[0-3]\d)([^0-9].*)/#.wholeMatch(in: link) != nil, "\(link)")
        }
    }

    @Test("SB-02 to SB-07: a page reads as what was written")
    func pageRoundTrip() throws {
        let feed = try self.feed(Self.titles, author: nil)
        let read = try Feed(subscriptionPage: feed.subscriptionPage.bytes, at: self.url, fetched: Self.fetched)
        var expected = feed
        expected.entries.reverse()
        expected.entries[Self.titles.count - 1].summary = nil
        #expect(read == expected)
    }

    @Test("SB-10, RFC 4287 section 4.1: a document has what Atom asks for, escaped")
    func atom() throws {
        let feed = try self.feed(["One"], author: nil)
        #expect(
            String(decoding: feed.atom(at: try GeminiURL("gemini://example.org/log/atom.xml?a&b")), as: UTF8.self)
                == """
                <?xml version="1.0" encoding="UTF-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom">
                <id>gemini://example.org/log/</id>
                <title>Kiwi &amp; &lt;Co&gt;</title>
                <subtitle>About &quot;birds&quot;</subtitle>
                <updated>2026-11-01T12:00:00Z</updated>
                <author>
                <name>Kiwi &amp; &lt;Co&gt;</name>
                </author>
                <link href="gemini://example.org/log/"/>
                <link href="gemini://example.org/log/atom.xml?a&amp;b" rel="self" type="application/atom+xml"/>
                <entry>
                <id>gemini://example.org/log/0.gmi?a&amp;b</id>
                <title>One</title>
                <updated>2026-11-01T12:00:00Z</updated>
                <link href="gemini://example.org/log/0.gmi?a&amp;b"/>
                <summary>]]&gt; &amp; more</summary>
                </entry>
                </feed>

                """
        )
    }

    @Test("SB-10: a document reads as what was written")
    func atomRoundTrip() throws {
        let feed = try self.feed(Self.titles)
        let read = try Feed(atom: feed.atom(at: self.url), at: self.url, fetched: Self.fetched)
        var expected = feed
        expected.entries.reverse()
        #expect(read == expected)
        #expect(read.author == "Kiwi" && read.entries.last?.summary == "]]> & more")
    }

    @Test("What XML cannot hold does not break a document")
    func controls() throws {
        var feed = try self.feed(["a"])
        feed.id = "urn:\u{0}\u{1B}\u{FFFE}"
        feed.title = "\u{FFFF}\u{8}"
        let read = try Feed(atom: feed.atom(), at: self.url, fetched: Self.fetched)
        #expect(read.title == "\u{FFFD}")
    }
}
