import GeminiFeeds
import GeminiProtocol
import Testing

@Suite("Atom")
struct AtomTests {
    static let fetched = Timestamp(iso8601: "2026-11-21T08:00:00Z")!
    static let namespace = "xmlns=\"http://www.w3.org/2005/Atom\""
    let url = try! GeminiURL("gemini://example.org/log/atom.xml")

    private func feed(_ document: String) throws -> Feed {
        try Feed(atom: Array(document.utf8), at: self.url, fetched: Self.fetched)
    }

    private func entries(_ content: String) throws -> [FeedEntry] {
        try self.feed("<feed \(Self.namespace)>\(content)</feed>").entries
    }

    @Test("RFC 4287: a feed with all that is read")
    func whole() throws {
        let feed = try self.feed(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <?xml-stylesheet href="style.css"?>
            <!-- a comment with <!DOCTYPE feed> in it -->
            <feed \(Self.namespace) xmlns:x="urn:x">
              <title type="text">Kiwi &amp; Co.</title>
              <subtitle type="html">About &lt;b&gt;birds&lt;/b&gt;&amp;nbsp;&amp;#8211; mostly</subtitle>
              <id>urn:uuid:60a76c80</id>
              <link rel="self" href="atom.xml"/>
              <link href="./"/>
              <updated>2026-11-20T18:30:02.25+01:00</updated>
              <author><name>Kiwi</name><x:title>nobody's</x:title></author>
              <entry>
                <id>urn:uuid:1</id>
                <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One <em>and</em>
                  only</div></title>
                <link rel="enclosure" href="a.ogg"/>
                <link rel="alternate" href="one.gmi"/>
                <updated> 2026-11-20T18:30:02Z </updated>
                <content type="html">&lt;title&gt;no&lt;/title&gt;</content>
                <source><id>urn:other</id><title>Other</title><link href="/other"/></source>
              </entry>
              <entry>
                <id>urn:uuid:2</id>
                <title><![CDATA[Two <&> more]]></title>
                <link href="https://example.net/two"/>
                <link href="gemini://example.net/two"/>
                <link href="gemini://example.net/three"/>
                <published>2026-11-19t00:00:00z</published>
              </entry>
            </feed>
            """
        )
        #expect(feed.title == "Kiwi & Co." && feed.subtitle == "About birds – mostly")
        #expect(feed.id == "urn:uuid:60a76c80")
        #expect(feed.link.description == "gemini://example.org/log/")
        #expect(feed.updated.description == "2026-11-20T17:30:02Z")
        #expect(feed.entries.map(\.id) == ["urn:uuid:1", "urn:uuid:2"])
        #expect(feed.entries.map(\.title) == ["One and only", "Two <&> more"])
        #expect(
            feed.entries.map(\.link.description) == [
                "gemini://example.org/log/one.gmi", "gemini://example.net/two",
            ]
        )
        #expect(feed.entries.map(\.updated.description) == ["2026-11-20T18:30:02Z", "2026-11-19T00:00:00Z"])
    }

    @Test("Elements are told by their namespace, not by their prefix")
    func namespaces() throws {
        let feed = try self.feed(
            """
            <a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns="urn:x"><title>no</title><a:title>yes</a:title>
            <a:entry><a:link href="x"/><link href="y"/></a:entry><entry><a:link href="z"/></entry></a:feed>
            """
        )
        #expect(feed.title == "yes")
        #expect(feed.entries.map(\.link.description) == ["gemini://example.org/log/x"])
    }

    @Test("An entry without a link is none, and of two with one id the first counts, in the order of the feed")
    func order() throws {
        let entries = try self.entries(
            """
            <entry><id>3</id><link href="3"/></entry>
            <entry><id>none</id><link rel="self" href="none"/></entry>
            <entry><id>bad</id><link href="http://[bad/"/><link href=""/></entry>
            <entry><id>1</id><link href="1"/></entry>
            <entry><id>3</id><link href="33"/></entry>
            <entry><link href="2"/></entry>
            """
        )
        #expect(entries.map(\.id) == ["3", "1", "gemini://example.org/log/2"])
        #expect(entries.map(\.url?.path) == ["/log/3", "/log/1", "/log/2"])
    }

    @Test("xml:base counts, one within another")
    func base() throws {
        let feed = try self.feed(
            """
            <feed \(Self.namespace) xml:base="gemini://other.example/a/"><link href="."/>
            <entry xml:base="b/"><link href="c"/></entry><entry><link xml:base="/d/" href="e"/></entry></feed>
            """
        )
        #expect(feed.link.description == "gemini://other.example/a/")
        #expect(feed.entries.map(\.link.description) == ["gemini://other.example/a/b/c", "gemini://other.example/d/e"])
    }

    @Test("A base that would make every link long counts for nothing")
    func longBase() throws {
        let long = "gemini://h/" + String(repeating: "a", count: 4096) + "/"
        let feed = try self.feed("<feed \(Self.namespace) xml:base='\(long)'><entry><link href='x'/></entry></feed>")
        #expect(feed.entries.map(\.link.description) == ["gemini://example.org/log/x"])
    }

    @Test(
        "XML is read as XML: what is not well-formed is refused with its line",
        arguments: [
            "<a", "<a b>", "<a b=>", "<a b='>", "<a b='<'/>", "<a b='1' b='2'/>", "<a b='1'c='2'/>", "&", "&;", "&#;",
            "&#0;",
            "&#xD800;", "&lt", "</a>", "<a></b>", "<a><b></a></b>", "< a/>", "<!-- ", "<![CDATA[", "<?p ",
            "<!ENTITY a 'b'>",
            "</feed><feed>", "</feed>text<feed>", "<a b=\"&nbsp;\"/>",
        ]
    )
    func wellFormed(content: String) throws {
        #expect(throws: FeedError.malformed(line: 2)) {
            try self.feed("<feed \(Self.namespace)>\n\(content)</feed>")
        }
    }

    @Test(
        "XML is read as XML: what is odd and right is read",
        arguments: [
            "<a b = '1'\tc\n=\"2>\" />", "<a\n/>", "<a></a >", "<!-- <entry> -- > -->", "<?p <entry> ?>",
            "<![CDATA[</feed>]]]]>",
            "<a b='&#65;&#x1F600;&quot;&apos;'/>", "]]>", "<ü:ö xmlns:ü='x'/>", "<a xmlns=''><entry/></a>",
        ]
    )
    func oddXML(content: String) throws {
        let feed = try self.feed("<feed \(Self.namespace)>\(content)<title>T</title></feed>\n<!-- end --><?p?> ")
        #expect(feed.title == "T" && feed.entries == [])
    }

    @Test("An entry without a time has the feed's, and a feed without one its newest entry's")
    func times() throws {
        let timed = try self.feed(
            "<feed \(Self.namespace)><entry><link href='a'/><updated>soon</updated></entry>"
                + "<updated>2026-01-02T03:04:05Z</updated></feed>"
        )
        #expect(timed.entries.map(\.updated.description) == ["2026-01-02T03:04:05Z"])
        let untimed = try self.feed(
            "<feed \(Self.namespace)><entry><link href='a'/><updated>2026-01-01T00:00:00Z</updated></entry></feed>"
        )
        #expect(untimed.updated.description == "2026-01-01T00:00:00Z")
        #expect(try self.feed("<feed \(Self.namespace)/>").updated == Self.fetched)
        #expect(try self.entries("<entry><link href='a'/></entry>").map(\.updated) == [Self.fetched])
    }

    @Test(
        "A title is one line of text without markup",
        arguments: [
            ("<title>a\n\tb</title>", "a b"),
            ("<title>&lt;b&gt;</title>", "<b>"),
            (
                "<title type='html'>&lt;b&gt;a&lt;/b&gt; &amp;lt;c&amp;gt; &amp;#x41; &amp;bogus; &amp; 1 &lt; 2</title>",
                "a <c> A &bogus; & 1 < 2"
            ),
            ("<title type='html'>2 > 1 &lt;img alt='x'</title>", "2 > 1 <img alt='x'"),
            ("<title>a&#x85;b&#x9b;31m</title>", "a b 31m"),
            ("<title/>", ""), ("", ""), ("<title>1</title><title>2</title>", "1"),
        ]
    )
    func titles(element: String, title: String) throws {
        #expect(try self.entries("<entry><link href='a'/>\(element)</entry>").map(\.title) == [title])
    }

    @Test(
        "A document type declaration is refused, with what it would have expanded or fetched",
        arguments: [
            "<!DOCTYPE feed [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><feed>&b;</feed>",
            "<?xml version='1.0'?>\n<!-- x --><?p?><!DOCTYPE feed SYSTEM \"file:///etc/passwd\"><feed/>",
            "\u{FEFF}<!DOCTYPE feed><feed/>", "<!DOCTYPE", "<!ENTITY x \"y\"><feed/>", " <!doctype feed><feed/>",
        ]
    )
    func documentType(document: String) throws {
        #expect(throws: FeedError.documentType) { try self.feed(document) }
    }

    @Test("Encodings in which a declaration could hide are refused")
    func encodings() throws {
        for name in ["UTF-16", "utf-7", "EBCDIC-CP-US", "HZ-GB-2312", ""] {
            #expect(throws: FeedError.unsupportedEncoding(name)) {
                try self.feed("<?xml version='1.0' encoding='\(name)'?><feed \(Self.namespace)/>")
            }
        }
        for name in ["UTF-8", "utf-8", "us-ascii", "ISO-8859-1"] {
            _ = try self.feed("<?xml version=\"1.0\" encoding = \"\(name)\"?><feed \(Self.namespace)/>")
        }
        let utf16 = "<feed/>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(throws: FeedError.self) { try Feed(atom: utf16, at: self.url, fetched: Self.fetched) }
        let latin =
            Array("<?xml version='1.0' encoding='iso-8859-1'?><feed \(Self.namespace)><title>".utf8)
            + [0xFC] + Array("</title></feed>".utf8)
        #expect(try Feed(atom: latin, at: self.url, fetched: Self.fetched).title == "ü")
    }

    @Test("What is no Atom feed is refused with the reason")
    func others() throws {
        #expect(throws: FeedError.notAtom("rss")) { try self.feed("<rss><channel/></rss>") }
        #expect(throws: FeedError.notAtom("feed")) { try self.feed("<feed/>") }
        let start = "<feed \(Self.namespace)>"
        for document in [
            "", "text", "<!-- x -->", start, "\(start)<a></feed>", "\(start)<a></b></feed>", "\(start)\n&nbsp;</feed>",
        ] {
            #expect {
                try self.feed(document)
            } throws: { error in
                if case .malformed? = error as? FeedError { true } else { false }
            }
        }
        let deep = String(repeating: "<x>", count: 100) + String(repeating: "</x>", count: 100)
        #expect(throws: FeedError.tooDeep) { try self.entries(deep) }
        #expect(throws: FeedError.tooLarge(Feed.maximumSize + 1)) {
            try Feed(atom: Array(repeating: 0x20, count: Feed.maximumSize + 1), at: self.url, fetched: Self.fetched)
        }
    }

    @Test("A title of very many tags without an end takes no time", .timeLimit(.minutes(10)))
    func openTags() throws {
        let title = "<title type='html'><![CDATA[\(String(repeating: "<a", count: 1_000_000))]]></title>"
        let entries = try self.entries("<entry><link href='a'/>\(title)</entry>")
        #expect(entries.first?.title.utf8.count == 1 << 16)
    }

    @Test("SB-10: the media type says how a document is read")
    func mediaTypes() throws {
        func feed(_ type: String, _ body: String) throws -> Feed {
            try Feed(parsing: Array(body.utf8), type: try MediaType(type), at: self.url, fetched: Self.fetched)
        }
        #expect(try feed("text/gemini; lang=en", "# A").title == "A")
        for type in ["application/atom+xml", "text/xml", "application/xml; charset=utf-8"] {
            #expect(try feed(type, "<feed \(Self.namespace)><title>B</title></feed>").title == "B")
        }
        #expect(throws: FeedError.unknownType("text/plain")) { try feed("text/plain", "# A") }
    }

    @Test("No more than 10,000 entries are read, the first ones")
    func manyEntries() throws {
        let entries = (0..<10_100).map { "<entry><id>\($0)</id><link href='/\($0)'/></entry>" }.joined()
        let feed = try Feed(
            parsing: Array("<feed xmlns='http://www.w3.org/2005/Atom'>\(entries)</feed>".utf8),
            type: "application/atom+xml",
            at: GeminiURL("gemini://example.org/"),
            fetched: Timestamp(secondsSinceEpoch: 0)
        )
        #expect(feed.entries.count == 10_000)
        #expect(feed.entries.last?.id == "9999")
    }
}
