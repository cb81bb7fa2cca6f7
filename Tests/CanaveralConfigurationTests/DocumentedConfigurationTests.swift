import CanaveralConfiguration
import Foundation
import Testing

@Suite("Configurations in the documents")
struct DocumentedConfigurationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A block of TOML of a document.
    struct Block: CustomTestStringConvertible, Sendable {
        var document: String
        var line: Int
        var text: String

        var testDescription: String { "\(self.document):\(self.line)" }

        /// The whole file that a part of one, as documents show, could be of.
        var configuration: String {
            let host = "[[host]]\nname = \"example.net\"\nroot = \"/srv/gemini/example.net\"\n"
            if self.text.contains("[[host]]") { return self.text }
            return self.text.contains("[[host.location]]") ? host + self.text : self.text + host
        }
    }

    static let blocks: [Block] = ["docs/deploying.md", "README.md"].flatMap { document in
        guard let text = try? String(contentsOf: root.appending(path: document), encoding: .utf8) else {
            return [Block(document: document, line: 0, text: "cannot be read")]
        }
        var blocks: [Block] = []
        var block: Block?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let open = block, line == "```" {
                blocks.append(open)
                block = nil
            } else if block != nil {
                block?.text += line + "\n"
            } else if line == "```toml" {
                block = Block(document: document, line: index + 1, text: "")
            }
        }
        return blocks
    }

    @Test("A document's configuration is valid, and nothing in it is worth a warning", arguments: Self.blocks)
    func valid(_ block: Block) throws {
        let (_, warnings) = try Configuration.parse(block.configuration, file: block.document, folder: "/etc/canaveral")
        #expect(warnings.isEmpty)
    }

    @Test("There are such blocks in each document")
    func found() {
        #expect(Set(Self.blocks.map(\.document)) == ["docs/deploying.md", "README.md"])
    }

    @Test("The example in contrib is what the program prints")
    func example() throws {
        let text = try String(contentsOf: Self.root.appending(path: "contrib/canaveral.toml"), encoding: .utf8)
        #expect(text == DefaultsText.text)
    }

    @Test("The manual page in man is what the program prints")
    func manualPage() throws {
        let text = try String(contentsOf: Self.root.appending(path: "man/canaveral.toml.5"), encoding: .utf8)
        #expect(text == ManualPage.text)
    }
}
