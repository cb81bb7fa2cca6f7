import Testing

@testable import Canaveral

@Suite("The time of regular expressions for paths", .timeLimit(.minutes(10)))
struct PathExpressionTimeTests {
    private static let expressions = [
        "(a+)+b", "(a|a)*b", "(a*)*", "(a*)*b", "((a*)*)*b", "(a|aa)+b", "(?:a?){300}b", "(?:a??){300}b", "(.*)*b",
        "(.*)(.*)(.*)(.*)(.*)b", "(?:(a|b|aa|ab|aaa)+)+c", "(?:(?:a??){300}a)*b", "(?:.*a){100}b", "(?!(?:a+)+b)(a+)+b",
        "(?:|a|aa)*b",
    ]

    @Test(
        "No expression takes long for the longest path, where one that backtracks would not end",
        arguments: Self.expressions
    )
    func time(pattern: String) throws {
        let expression = try PathExpression(pattern)
        let path = String(repeating: "a", count: 1_024)
        let time = ContinuousClock().measure {
            #expect(expression.matches(path) == (pattern == "(a*)*"))
            #expect((expression.groups(in: path) != nil) == (pattern == "(a*)*"))
        }
        #expect(time < .seconds(20))
    }

    @Test("What is tried grows with the path's length, and no faster", arguments: Self.expressions)
    func linear(pattern: String) throws {
        var parser = ExpressionParser(pattern)
        let program = try #require(ExpressionCompiler.program(for: try parser.parse()))
        func attempts(_ length: Int) -> Int {
            var matcher = ExpressionMatcher(
                program,
                [UInt8](repeating: UInt8(ascii: "a"), count: length),
                groupCount: nil
            )
            _ = matcher.matches()
            return matcher.visited.reduce(0) { $0 + $1.nonzeroBitCount }
        }
        let (short, long) = (attempts(500), attempts(2_000))
        #expect(long <= 5 * short, "\(short) and \(long)")
        #expect(long <= program.jointCount * 2_001)
    }
}
