import GeminiProtocol
import Testing

@testable import GeminiClient

@Suite("Pages as text")
struct TextTests {
    private func page(_ meta: String, _ body: [UInt8], url: String = "gemini://h/a/b?q") throws -> Page {
        let header = ResponseHeader.success(try MediaType(meta))
        return Page(exchange: .test(header, url: try GeminiURL(url)), body: body, isTruncated: false)
    }

    @Test(
        "GP-112, GP-113, GP-120: UTF-8, US-ASCII and ISO 8859-1 are understood, under their names in any case",
        arguments: [
            ("text/gemini", [0xC3, 0xBC], "ü"),
            ("text/plain", [0xC3, 0xBC], "ü"),
            ("text/html", [0xC3, 0xBC], "ü"),
            ("text/plain; charset=UTF-8", [0xC3, 0xBC], "ü"),
            ("Text/Plain ;CHARSET=\"utf8\"", [0xC3, 0xBC], "ü"),
            ("text/plain; charset=us-ascii", [0x61, 0xFC], "a\u{FFFD}"),
            ("text/plain; charset=ISO-8859-1", [0xFC], "ü"),
            ("text/plain; charset=latin1", [0xFC], "ü"),
            ("text/gemini; foo=bar; lang=en", [0x61], "a"),
            ("text/plain", [0x61, 0xFF], "a\u{FFFD}"),
        ] as [(String, [UInt8], String)]
    )
    func decoding(meta: String, body: [UInt8], text: String) throws {
        #expect(try self.page(meta, body).text == text)
    }

    @Test("GP-112: an unknown character set is an error that leaves the bytes")
    func unknown() throws {
        let page = try self.page("text/plain; charset=koi8-r", [0xC1])
        #expect(throws: PageTextError.unknownCharset("koi8-r")) { try page.text }
        #expect(page.body == [0xC1])
    }

    @Test("GP-114: what is no text is bytes")
    func binary() throws {
        let page = try self.page("image/png", [0x89])
        #expect(throws: PageTextError.notText(page.mediaType)) { try page.text }
        #expect(throws: PageTextError.notGemtext(page.mediaType)) { try page.document }
        let nonsense = Page(
            exchange: .test(try ResponseHeader.parse(Array("20 nonsense\r\n".utf8).span).header),
            body: [1],
            isTruncated: false
        )
        #expect(nonsense.mediaType == .octetStream)
    }

    @Test("GP-117, GP-119: line ends of both kinds, and a byte order mark that goes")
    func lines() throws {
        let one = try self.page("text/gemini", Array("\u{FEFF}# T\r\nx\r\n".utf8))
        let other = try self.page("text/gemini", Array("# T\nx\n".utf8))
        #expect(try one.document == other.document)
        #expect(try one.document.title == "T")
        #expect(try one.text.hasPrefix("# T"))
        let latin = try self.page("text/gemini; charset=iso-8859-1", Array("# T".utf8) + [0xFC])
        #expect(try latin.document.title == "Tü")
    }

    @Test("Links are resolved against where the page came from")
    func links() throws {
        let body =
            "=> c C\n=> ../d\n=> ?x\n=> //o/z\n=> mailto:a@b Mail\n=> /a b\n=> gemini://u@h/\n=> titan://h/f;size=1\n"
        let links = try self.page("text/gemini", Array(body.utf8)).links
        #expect(
            links.map { $0.reference?.description } == [
                "gemini://h/a/c", "gemini://h/d", "gemini://h/a/b?x", "gemini://o/z", "mailto:a@b", "gemini://h/a",
                "gemini://u@h/", "titan://h/f;size=1",
            ]
        )
        #expect(links.map { $0.url == nil } == [false, false, false, false, true, false, true, false])
        #expect(links[0].label == "C" && links[5].label == "b")
        #expect(links[7].url?.strippingTitanParameters.description == "titan://h/f")
    }
}
