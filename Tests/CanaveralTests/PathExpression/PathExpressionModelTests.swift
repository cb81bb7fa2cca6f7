import TestSupport
import Testing

@testable import Canaveral

/// Expressions at random, which find in paths at random what Swift's `Regex` finds: it backtracks, and so is a model of what
/// is preferred. Only where an iteration of a counted repetition takes nothing it goes on otherwise than Perl, so that beside
/// counts what groups find is not compared; see ``PathExpressionIterationTests``.
@Suite("Regular expressions for paths, beside Swift's", .timeLimit(.minutes(10)))
struct PathExpressionModelTests {
    private var generator = SeededGenerator(state: 0)

    private mutating func choose(_ texts: String...) -> String {
        texts.randomElement(using: &self.generator) ?? ""
    }

    private mutating func expression(depth: Int, hasGroups: Bool = true) -> String {
        func part(_ model: inout Self) -> String { model.expression(depth: depth - 1, hasGroups: hasGroups) }
        let group = hasGroups ? self.choose("(", "(?:") : "(?:"
        switch Int.random(in: 0..<(depth == 0 ? 6 : 14), using: &self.generator) {
        case 0, 1, 2: return self.choose("a", "b", "c", "/")
        case 3: return self.choose("[ab]", "[^a]", ".", "\\w", "[b-c/]", "\\W", "[^/]")
        case 4: return self.choose("^", "$", "\\A", "\\z", "", "ab", "\(group))")
        case 5: return self.choose("a", "b", "%61", "-")
        case 6, 7, 8: return part(&self) + part(&self)
        case 9: return "\(group)\(part(&self)))"
        case 10: return "\(group)\(part(&self))|\(part(&self)))"
        default:
            // Not {0}: Swift's leaves out the groups in it.
            let repetition = self.choose("*", "+", "?", "{2}", "{1,}", "{2,}", "{0,2}", "{1,3}", "{3,}")
            return "\(group)\(part(&self)))\(repetition)" + self.choose("", "?")
        }
    }

    /// Nothing, or something that has to hold at the start.
    private mutating func lookAhead() -> String {
        let opening = self.choose("", "", "(?!", "(?=")
        return opening.isEmpty ? "" : "\(opening)\(self.expression(depth: 1, hasGroups: false)))"
    }

    private mutating func path() -> String {
        let length = Int.random(in: 0...7, using: &self.generator)
        return (0..<length).map { _ in self.choose("a", "b", "a", "b", "c", "/") }.joined()
    }

    @Test("Whether they match, and what each group finds, is the same", arguments: 0..<6)
    mutating func same(seed: Int) throws {
        self.generator = SeededGenerator(state: UInt64(seed))
        var matches = 0
        for _ in 0..<250 {
            let pattern = self.lookAhead() + self.expression(depth: 2 + seed % 2)
            let expression = try PathExpression(pattern)
            let model = try Regex(pattern)
            for _ in 0..<6 {
                let path = self.path()
                let found = expression.groups(in: path)?.map { $0.map(String.init) }
                let expected = path.wholeMatch(of: model)?.output.map { $0.substring.map(String.init) }
                #expect((found == nil) == (expected == nil), "\(pattern) and '\(path)'")
                if !pattern.contains("{") { #expect(found == expected, "\(pattern) and '\(path)'") }
                #expect(expression.matches(path) == (expected != nil), "\(pattern) and '\(path)'")
                if expected != nil { matches += 1 }
            }
        }
        #expect(matches > 50)
    }
}
