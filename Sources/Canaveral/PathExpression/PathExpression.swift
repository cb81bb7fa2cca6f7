import GeminiProtocol

/// A regular expression for whole encoded paths, whose time is linear in the path whatever the expression: no visitor's
/// path can hold an event loop.
///
/// The syntax is that of Perl as far as it can be matched so: characters, `.`, classes, groups, alternatives, repetitions
/// greedy and lazy, anchors, `\b`, `(?i)`, and look-ahead at the start. What an expression prefers, and so what its groups
/// find, is what Perl would prefer and find; where an iteration of a repetition takes nothing, other engines differ from it
/// in what groups find, though not in what matches. A character that stands percent-encoded in paths, such as
/// `ä` or a space, means its escape.
///
/// ```swift
/// let expression = try PathExpression("/~(\\w+)/(.*)")
/// expression.groups(in: "/~ada/log/") // ["/~ada/log/", "ada", "log/"]
/// ```
package struct PathExpression: Sendable {
    /// As it was written.
    package let pattern: String
    /// How many groups it has, the whole path not counted.
    package let groupCount: Int
    /// Why it matches no path, or fewer than one may have thought: a sentence; `nil` where nothing of the kind is seen.
    package let remark: String?
    private let program: ExpressionProgram

    package init(_ pattern: String) throws(PathExpressionError) {
        var parser = ExpressionParser(pattern)
        let node = try parser.parse()
        guard let program = ExpressionCompiler.program(for: node) else {
            throw PathExpressionError(
                pattern,
                "it is too large, once repetitions are written out: repeat less, or write several"
            )
        }
        self.pattern = pattern
        self.groupCount = parser.groupCount
        if !program.canMatchPaths {
            self.remark =
                "The regular expression '\(pattern)' matches no path: paths begin with '/', have single slashes, and what is neither letter nor digit nor one of -._~!$&'()*+,;=:@ is in them as an escape such as %20, with capitals."
        } else if let scalar = parser.membersOfNoPath.first {
            let escape = PercentEncoding.encode(segment: String(scalar))
            self.remark =
                "The class in the regular expression '\(pattern)' never finds '\(scalar)', which paths have as \(escape): write (?:...|\(escape)) for it."
        } else {
            self.remark = nil
        }
        self.program = program
    }

    /// Whether it matches a whole path.
    package func matches(_ path: String) -> Bool {
        var matcher = ExpressionMatcher(self.program, Array(path.utf8), groupCount: nil)
        return matcher.matches()
    }

    /// Whether there may be paths that it matches: not where these would have to begin with something else than a slash.
    package var maySucceed: Bool {
        self.program.openings[Int(self.program.entry)].admits(UInt8(ascii: "/"))
    }

    /// What it finds in a path that it matches as a whole: the path, and what each of its groups found, which is nothing
    /// for one that took no part.
    package func groups(in path: String) -> [Substring?]? {
        var matcher = ExpressionMatcher(self.program, Array(path.utf8), groupCount: self.groupCount)
        guard matcher.matches() else { return nil }
        return (0...self.groupCount).map { number in
            guard let range = matcher.range(ofGroup: number) else { return nil }
            let start = path.utf8.index(path.startIndex, offsetBy: range.lowerBound)
            return path[start..<path.utf8.index(start, offsetBy: range.count)]
        }
    }
}
