import Foundation
import Testing

@Suite("The article about the feed reader")
struct ArticleTests {
    private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")

    private func lines(of file: String) throws -> [String] {
        try String(contentsOf: self.root.appendingPathComponent(file), encoding: .utf8)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }

    @Test("Its code is that of the program, which has fifty lines")
    func code() throws {
        let source = try self.lines(of: "Tests/FeedReader/main.swift")
        #expect(source.dropLast().count <= 50)
        var code: [String] = []
        var isCode = false
        for line in try self.lines(of: "Sources/GeminiClient/GeminiClient.docc/FeedReader.md") {
            if line.hasPrefix("```") {
                isCode = line == "```swift"
            } else if isCode {
                code.append(line)
            }
        }
        #expect(code.filter { !$0.isEmpty } == source.filter { !$0.isEmpty })
    }
}
