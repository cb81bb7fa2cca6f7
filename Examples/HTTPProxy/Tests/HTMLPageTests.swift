import CanaveralTesting
import Testing

@testable import HTTPProxy

@Suite("HTML as gemtext")
struct HTMLPageTests {
    @Test(
        "Elements",
        arguments: [
            ("plain &amp; &lt;simple&gt; &#x41;&#66; &nosuch; &", "plain & <simple> AB &nosuch; &\n"),
            ("<p>one\n  two</p><p>three", "one two\n\nthree\n"),
            ("a<br>b<BR/>c", "a\nb\nc\n"),
            ("<h1>A</h1><h2 class=x>B</h2><h5>C</h5>text", "# A\n\n## B\n\n### C\n\ntext\n"),
            ("<ul><li>a<li><p>b</p></li></ul>", "* a\n* b\n"),
            ("<blockquote>said</blockquote>", "> said\n"),
            ("<pre>\n  a &lt; b\n\tc\n</pre>", "```\n  a < b\n\tc\n```\n"),
            (
                "<p>see <a href=/x>this</a> and <a href='y#z'>that <b>one</b></a>.</p>",
                "see this and that one.\n=> http://h/x this\n=> http://h/d/y#z that one\n"
            ),
            (
                "<nav><ul><li><a href='/'>Home</a><li><a href='b'>B</a></ul></nav>",
                "=> http://h/ Home\n=> http://h/d/b B\n"
            ),
            ("<a href='javascript:x()'>no</a> <a href='#top'>top</a> <a>a</a>", "no top a\n"),
            ("<img src=p.png alt='A cat'>", "=> http://h/d/p.png A cat\n"),
            ("<base href='http://other/e/'><a href=f>f</a>", "=> http://other/e/f f\n"),
            ("<table><tr><th>a<td>b<tr><td>c", "a b\n\nc\n"),
        ]
    )
    func elements(_ html: String, _ gemtext: String) throws {
        #expect(try self.gemtext(html) == gemtext)
    }

    @Test("What is not to be read is left out")
    func hidden() throws {
        let html = """
            <!DOCTYPE html><html><head><TITLE>T</TITLE><style>p { color: red }</style>
            <script>if (a < b) { document.write("<p>boo</p>") }</SCRIPT >
            <!-- <p>comment</p> --></head><body>x<svg><title>drawing</title></svg>y</body></html>
            """
        #expect(try self.gemtext(html) == "# T\n\nxy\n")
    }

    @Test("Text that looks like markup stays text")
    func injection() throws {
        #expect(try self.gemtext("<pre>```\n=> /trap</pre>") == "```\n\u{200B}```\n=> /trap\n```\n")
        #expect(try !self.gemtext("<p>=&gt; /trap</p>").hasPrefix("=>"))
        #expect(try !self.gemtext("<a href='x'>a\n=> /trap</a>").contains("\n=> /trap"))
    }

    @Test(
        "What is broken is read as far as it goes",
        arguments: [
            "<", "</", "<a", "<a href", "<a href=", "<a href='", "<a href='x", "<!--", "<!", "<script>", "<script", "&",
            "&#",
            "&#x110000;", "<pre>", "</p></p>", "<a href=x><a href=y>", "<p <p <p>", "a<b", "<>", "< p>",
            "\u{0}<p\u{0}>",
        ]
    )
    func broken(_ html: String) throws {
        _ = try self.gemtext(html)
        #expect(try self.gemtext("<p>before</p>" + html).hasPrefix("before\n"))
    }

    private func gemtext(_ html: String) throws -> String {
        HTMLPage(html, at: try URIReference("http://h/d/c")).gemtext.description
    }
}
