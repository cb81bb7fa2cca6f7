import Testing

@testable import GeminiLint

@Suite("What is wrong with a page by itself")
struct PageLintTests {
    private func findings(_ text: String) -> [String] {
        self.findings(Array(text.utf8))
    }

    private func findings(_ bytes: [UInt8]) -> [String] {
        PageLint(bytes, page: "p").findings.map { "\($0.rule.rawValue) \($0.line):\($0.column)" }
    }

    @Test(
        "Nothing is found on pages that are right",
        arguments: [
            "", "# Title\n## Part\n### More\n# Next\n", "### Deep from the start\n", "```swift\nlet a = 1\n```\n",
            "=> /a A\n=> /a A again\n=>/b\n", "CRLF\r\n", " => not a link\n", "```art\n=>\n### x\n```\n",
            "=> /b 2026-02-01 B\n=> /a 2026-01-01 A\n=> /c 2026-01-01 C\n=> /b nothing dated\n=> /b 2026-02-01\n",
        ]
    )
    func right(_ text: String) {
        #expect(self.findings(text).isEmpty)
    }

    @Test("A page of nothing but slips has no more findings than a person reads", .timeLimit(.minutes(10)))
    func many() {
        let lint = PageLint(Array(repeating: 0, count: 1_000_000) + [0x0A], page: "p")
        #expect(lint.findings.count == 101)
        #expect(lint.findings.last?.message == "There are 999900 more of these on the page.")
    }

    @Test(
        "Slips are found where they are",
        arguments: [
            ("# A\n\n### B\n", ["heading-jump 3:1"]),
            ("## A\n# B\n### C\n", ["heading-jump 3:1"]),
            ("a\n```x\nb\n", ["unclosed-preformat 2:1"]),
            ("```\nb\n```\n", ["missing-alt-text 1:4"]),
            ("```  \nb\n```ignored\n", ["missing-alt-text 1:4"]),
            ("=>\n=>  \t\n", ["empty-link 1:1", "empty-link 2:1"]),
            ("a\nb", ["unended-line 2:1"]),
            ("\u{FEFF}a\n", ["byte-order-mark 1:1"]),
            ("a\rb\n", ["stray-line-break 1:2"]),
            ("ä\u{2028}b\u{85}\n", ["stray-line-break 1:2", "stray-line-break 1:4"]),
            ("a\tb\u{1B}[1m\n", ["control-character 1:4"]),
            ("=> /a 2026-01-01 A\n=> /b 2026-01-02 B\n", ["entry-order 2:4"]),
            ("=> /a 2026-01-02 A\n=> /a 2026-01-01 B\n", ["repeated-entry 2:4"]),
        ] as [(String, [String])]
    )
    func slips(_ vector: (text: String, findings: [String])) {
        #expect(self.findings(vector.text) == vector.findings)
    }

    @Test("GP-113: what is not UTF-8 is found")
    func invalidUTF8() {
        #expect(self.findings([0x61, 0x0A, 0xFF, 0x0A]) == ["invalid-utf8 2:1"])
    }

    @Test("GT-20: links are found with the place of their address")
    func links() {
        let links = PageLint(Array("=>/a\n=> \t/b  B b \n```x\n=> /c\n```\n".utf8), page: "p").links
        #expect(
            links == [
                PageLink(target: "/a", label: nil, line: 1, column: 3),
                PageLink(target: "/b", label: "B b", line: 2, column: 5),
            ]
        )
    }
}
