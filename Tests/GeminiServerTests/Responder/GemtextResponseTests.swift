import GeminiProtocol
import GeminiServer
import NIOCore
import Testing

@Suite("Gemtext responses")
struct GemtextResponseTests {
    private func text(_ response: Response) -> String {
        guard case .bytes(let bytes) = response.body else { return "" }
        return "\(response.header.meta?.text ?? "") \(String(buffer: bytes))"
    }

    @Test(
        "GT-73: a literal is markup, what is put into it is not, and a text that is gemtext already goes out as it is"
    )
    func forms() {
        let name = "# x"
        #expect(self.text(.gemtext("# Hi\n\(name)")) == "text/gemini # Hi\n\u{200B}# x\n")
        #expect(self.text(.gemtext(verbatim: "# Hi\r\n\(name)")) == "text/gemini # Hi\r\n# x")
        let built = Response.gemtext(language: "en") {
            Heading("Hi")
            name
        }
        #expect(self.text(built) == "text/gemini; lang=en # Hi\n\u{200B}# x\n")
    }

    @Test("GT-70: a page can have a language, and a bad one is left out")
    func language() {
        #expect(self.text(.gemtext("a", language: "en,fr")) == "text/gemini; lang=\"en,fr\" a\n")
        #expect(self.text(.gemtext(verbatim: "a", language: "e\r\n")) == "text/gemini a")
    }
}
