/// A regular expression that paths are not matched with.
package struct PathExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The expression as it was written.
    package let pattern: String
    /// Half a sentence: what it is that cannot be, where, and what to write instead.
    package let reason: String

    init(_ pattern: String, _ reason: String) {
        self.pattern = pattern
        self.reason = reason
    }

    package var description: String {
        let shown = self.pattern.count > 200 ? "\(self.pattern.prefix(200))…" : self.pattern
        return "The regular expression '\(shown)' cannot be used: \(self.reason)."
    }
}
