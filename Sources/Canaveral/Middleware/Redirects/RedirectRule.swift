import GeminiProtocol

/// One way in which pages have moved.
struct RedirectRule: Sendable {
    private enum Source: Sendable {
        /// An encoded path.
        case exactly(String)
        /// An encoded path with a slash at its end, and what is below.
        case beneath(String)
        case matching(PathExpression)
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
        let expression: PathExpression
        do {
            expression = try PathExpression(pattern)
        } catch {
            throw .pattern(pattern, reason: error.reason)
        }
        self.source = .matching(expression)
        self.target = try RedirectTarget(target)
        guard self.target.lastGroup <= expression.groupCount else {
            throw .group(self.target.lastGroup, target: target)
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
        case .matching(let expression):
            return expression.groups(in: path).flatMap { self.target.reference($0.map { $0 ?? "" }) }
        }
    }
}
