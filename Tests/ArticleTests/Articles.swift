import Foundation
import Testing

/// The lines of a file of the repository, without the white space around them; blank ones are left out.
func lines(of file: String) throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return try String(contentsOf: URL(filePath: file, relativeTo: root), encoding: .utf8)
        .split(whereSeparator: \.isNewline)
        .map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
}

/// The blocks of Swift in an article, each as its lines.
func blocks(of article: String) throws -> [[String]] {
    var blocks: [[String]] = []
    var isCode = false
    for line in try lines(of: article) {
        if line.hasPrefix("```") {
            isCode = line == "```swift"
            if isCode { blocks.append([]) }
        } else if isCode {
            blocks[blocks.count - 1].append(line)
        }
    }
    return blocks
}

/// Whether all lines are among others, in the same order.
func isPart(_ block: [String], of source: [String]) -> Bool {
    var rest = source[...]
    return block.allSatisfy { line in
        guard let index = rest.firstIndex(where: { $0 == line || $0 == "private " + line }) else { return false }
        rest = rest[(index + 1)...]
        return true
    }
}

/// Expects each block of an article to stand in a source file: all of its lines, in their order.
func expectCode(of article: String, toBeIn file: String) throws {
    let source = try lines(of: file)
    let blocks = try blocks(of: article)
    #expect(!blocks.isEmpty)
    for block in blocks {
        #expect(
            isPart(block, of: source),
            "\(article) has code that is not in \(file):\n\(block.joined(separator: "\n"))"
        )
    }
}
