import Testing

@testable import GeminiTLS

@Suite("PEM")
struct PEMBlockTests {
    private static let content = (0..<100).map { UInt8($0) }
    private static let text = PEMBlock.text(label: "CERTIFICATE", content: content)

    private static func blocks(_ text: String) -> [PEMBlock] {
        PEMBlock.blocks(in: Array(text.utf8))
    }

    @Test("RFC 7468: what is written has lines of 64 characters and is read back")
    func roundTrip() {
        let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "-----BEGIN CERTIFICATE-----")
        #expect(lines[1].count == 64)
        #expect(lines.suffix(2) == ["-----END CERTIFICATE-----", ""])
        #expect(Self.blocks(Self.text) == [PEMBlock(label: "CERTIFICATE", content: Self.content, isEncrypted: false)])
    }

    @Test("What editors and other tools do to a file does no harm")
    func variants() {
        let single = Self.text.replacing("\n", with: "")
            .replacing("-----BEGIN CERTIFICATE-----", with: "-----BEGIN CERTIFICATE-----\n")
            .replacing("-----END", with: "\n-----END")
        let variants = [
            Self.text.replacing("\n", with: "\r\n"),
            Self.text.replacing("\n", with: "\r"),
            Self.text.replacing("\n", with: "  \n\t "),
            "\u{FEFF}" + Self.text,
            "Bag Attributes\n    friendlyName: a\nsubject=CN = a\n" + Self.text + "trailing",
            String(Self.text.dropLast()),
            single,
        ]
        for variant in variants {
            #expect(Self.blocks(variant).map { $0.content } == [Self.content], "\(variant)")
        }
    }

    @Test("Blocks keep their order and their labels")
    func several() {
        let blocks = Self.blocks(Self.text + "text\n" + PEMBlock.text(label: "PRIVATE KEY", content: [1]) + Self.text)
        #expect(blocks.map { $0.label } == ["CERTIFICATE", "PRIVATE KEY", "CERTIFICATE"])
    }

    @Test("Damage is seen in the block that has it")
    func damaged() {
        let damaged = [
            Self.text.replacing("-----END CERTIFICATE-----\n", with: ""),
            Self.text.replacing("END CERTIFICATE", with: "END PRIVATE KEY"),
            Self.text.replacing("AAEC", with: "AA*C"),
            Self.text.replacing("AAEC", with: "AAE"),
        ]
        for text in damaged {
            #expect(Self.blocks(text).map { $0.content } == [nil], "\(text)")
        }
        let blocks = Self.blocks(Self.text.replacing("-----END CERTIFICATE-----\n", with: "") + Self.text)
        #expect(blocks.map { $0.content } == [nil, Self.content])
    }

    @Test(
        "A file without blocks has none",
        arguments: ["", "text", "-----BEGIN \n", "-----BEGIN CERTIFICATE----\nAA==\n"]
    )
    func none(_ text: String) {
        #expect(Self.blocks(text).isEmpty)
    }
}
