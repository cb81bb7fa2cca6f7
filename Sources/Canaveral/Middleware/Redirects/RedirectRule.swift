import GeminiProtocol

/// One way in which pages have moved.
struct RedirectRule: Sendable {
    private enum Source: Sendable {
        /// An encoded path.
        case exactly(String)
        /// An encoded path with a slash at its end, and what is below.
        case beneath(String)
        case matching(Pattern)
    }

    /// A regular expression made of text.
    ///
    /// `Regex` is not `Sendable` because it may hold closures; one that was parsed holds none, and is not changed any more.
    private struct Pattern: @unchecked Sendable {
        let regex: Regex<AnyRegexOutput>
    }

    private let source: Source
    private let target: RedirectTarget

    /// `/old`, or `/old/**` for what is below, which goes into the place of `**` in the target.
    init(from path: String, to target: String) throws(RedirectError) {
        let pattern = PathPattern(path)
        if let fault = pattern.fault { throw .path(path, reason: fault) }
        guard pattern.parameterNames.isEmpty else {
            throw .path(path, reason: "has parameters, for which there are patterns: redirects(matching:to:)")
        }
        let reference = pattern.reference(with: []).path
        self.source = pattern.segments.last == .rest ? .beneath(reference) : .exactly(reference)
        let escaped = target.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "$$")
        self.target = try RedirectTarget(escaped.hasSuffix("**") ? escaped.dropLast(2) + "$1" : escaped)
    }

    /// A regular expression that whole paths have to match, and a target with `$1`.
    init(matching pattern: String, to target: String) throws(RedirectError) {
        let regex: Regex<AnyRegexOutput>
        do {
            regex = try Regex(pattern)
        } catch {
            throw .pattern(pattern, reason: "\(error)")
        }
        self.source = .matching(Pattern(regex: regex))
        self.target = try RedirectTarget(target)
        let groups = try Self.groupCount(of: pattern)
        guard self.target.lastGroup <= groups else { throw .group(self.target.lastGroup, target: target) }
    }

    /// How many groups a pattern has: as many as it gives for what matches it or nothing.
    private static func groupCount(of pattern: String) throws(RedirectError) -> Int {
        do {
            let optional = try Regex("(?:\(pattern))?")
            return "".wholeMatch(of: optional).map { $0.output.count - 1 } ?? 0
        } catch {
            throw .pattern(pattern, reason: "\(error)")
        }
    }

    /// Where a path has moved to, if it has.
    ///
    /// - Parameter path: encoded, in normal form.
    func target(of path: String) -> URIReference? {
        switch self.source {
        case .exactly(let old):
            return path == old ? self.target.reference([path]) : nil
        case .beneath(let folder):
            guard path.hasPrefix(folder) else { return nil }
            return self.target.reference([path, String(path.dropFirst(folder.count))])
        case .matching(let pattern):
            guard let match = path.wholeMatch(of: pattern.regex) else { return nil }
            return self.target.reference(match.output.map { $0.substring.map(String.init) ?? "" })
        }
    }
}
