import GeminiProtocol
import Testing

@Suite("Gemtext elements")
struct GemtextElementTests {
    private struct Byline: GemtextElement {
        let name: String

        func append(to page: inout Gemtext) {
            page.link(to: "/authors/\(self.name)", self.name)
        }
    }

    private func page(of entries: [String], isOpen: Bool = true, note: String? = nil) -> Gemtext {
        Gemtext {
            Heading("Guestbook")
            Blank()
            for entry in entries {
                Quote(entry)
                Link(to: "/p/\(entry)", entry)
            }
            if isOpen {
                "Open."
            } else {
                "Closed."
            }
            if let note {
                note
            }
            if #available(macOS 15, *) {
                Heading("Part", level: 2)
            }
            note
            Byline(name: "a/b")
            Preformatted("art\n```", alt: "a cat")
            List("one", "two")
            List(entries)
            "# \(entries.count)" as Gemtext
        }
    }

    @Test("GT-73: elements, texts, conditions and loops")
    func elements() {
        #expect(
            self.page(of: ["x\n# y"], note: "=> evil").description == """
                # Guestbook

                > x
                > # y
                => /p/x%0A%23%20y x # y
                Open.
                \u{200B}=> evil
                ## Part
                \u{200B}=> evil
                => /authors/a%2Fb a/b
                ```a cat
                art
                \u{200B}```
                ```
                * one
                * two
                * x # y
                # 1

                """
        )
        #expect(self.page(of: [], isOpen: false).description.hasPrefix("# Guestbook\n\nClosed.\n## Part\n=> /authors/"))
        #expect(Gemtext {}.isEmpty)
    }

    @Test("An error in the braces is the caller's, of its own type")
    func errors() throws {
        struct Missing: Error {}
        func name(_ isThere: Bool) throws(Missing) -> String {
            guard isThere else { throw Missing() }
            return "here"
        }
        #expect(throws: Missing.self) {
            try Gemtext { try name(false) }
        }
        let page = try Gemtext { try name(true) }
        #expect(page.description == "here\n")
    }

    @Test("Links lead to URLs, references and literals")
    func links() throws {
        let page = try Gemtext {
            Link(to: try GeminiURL("gemini://example.org/a"), "A")
            Link(to: try URIReference("../b"))
            Link(to: Link.Target(encoding: "/c d?e%20f"), "C")
            Link(to: "")
            Link(to: "/\("..")/x%", "up")
        }
        #expect(
            page.description == """
                => gemini://example.org/a A
                => ../b
                => /c%20d?e%20f C
                => #
                => /..%E2%80%8B/x%25 up

                """
        )
    }
}
