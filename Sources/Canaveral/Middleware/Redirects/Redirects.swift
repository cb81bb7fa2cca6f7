import GeminiProtocol
public import GeminiServer

/// Sends visitors of pages that have moved to where they are; see ``Middleware/redirects(_:permanent:)``.
public struct Redirects<Context: RequestContext>: Middleware {
    private let rules: [RedirectRule]
    private let permanent: Bool

    init(_ rules: [RedirectRule], permanent: Bool) {
        self.rules = rules
        self.permanent = permanent
    }

    public func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response {
        guard context.request.line.titan == nil else { return try await next(context) }
        if let redirect = self.response(at: context.core.localPath, query: context.url.query) { return redirect }
        return try await next(context)
    }

    /// The redirect of a page that has moved.
    ///
    /// - Parameters:
    ///   - path: encoded, in normal form.
    ///   - query: that the visitor brought, encoded. It goes along, unless the target has one.
    package func response(at path: String, query: String?) -> Response? {
        for rule in self.rules {
            guard let target = rule.target(of: path) else { continue }
            guard target.query == nil, let query else {
                return .redirect(to: target, permanent: self.permanent)
            }
            let text = target.description.prefix { $0 != "#" }
            guard let reference = try? URIReference("\(text)?\(query)") else { continue }
            return .redirect(to: reference, permanent: self.permanent)
        }
        return nil
    }
}

extension Middleware {
    /// Redirects pages that have moved: `/old` alone, and with `/old/**` whatever is below, which goes into the place of
    /// `**` at the end of the target. A query goes along.
    ///
    /// ```swift
    /// routes.use(try .redirects(["/blog/**": "/log/**", "/about": "/cv.gmi"], permanent: true))
    /// ```
    ///
    /// Used outside of all groups it also answers for paths that have no route.
    ///
    /// - Parameters:
    ///   - pages: paths, the first that fits deciding, and URI references.
    ///   - permanent: whether they have moved for good (31), so that clients may change bookmarks (GP-138).
    /// - Throws: ``RedirectError``.
    public static func redirects<C>(
        _ pages: KeyValuePairs<String, String>,
        permanent: Bool = false
    ) throws(RedirectError) -> Self where Self == Redirects<C> {
        var rules: [RedirectRule] = []
        for (path, target) in pages { rules.append(try RedirectRule(from: path, to: target)) }
        return Redirects(rules, permanent: permanent)
    }

    /// Redirects pages whose whole encoded path matches a regular expression.
    ///
    /// ```swift
    /// routes.use(try .redirects(matching: "/~(\\w+)/(.*)", to: "/users/$1/$2"))
    /// ```
    ///
    /// The syntax is Perl's: `.`, classes such as `[a-z]`, `\d`, `\w` and `\s`, groups `(…)` and `(?:…)`, `|`, the
    /// repetitions `*`, `+`, `?` and `{n,m}`, lazy with `?` behind them, `^`, `$`, `\b`, `(?i)` for letters of either case,
    /// and look-ahead `(?=…)` and `(?!…)` at the start. There are no back-references, no look-behind, and no possessive
    /// repetitions or atomic groups, so that the time of a match is linear in the path, whatever the expression. A character
    /// that is percent-encoded in paths, such as `ä` or a space, stands for its escape; in a class there is no place for one
    /// that is no ASCII.
    ///
    /// - Parameters:
    ///   - pattern: the regular expression.
    ///   - target: a URI reference with `$1` to `$9` for what the groups found, and `$$` for a dollar sign.
    ///   - permanent: whether they have moved for good (31).
    /// - Throws: ``RedirectError``.
    public static func redirects<C>(
        matching pattern: String,
        to target: String,
        permanent: Bool = false
    ) throws(RedirectError) -> Self where Self == Redirects<C> {
        Redirects([try RedirectRule(matching: pattern, to: target)], permanent: permanent)
    }
}
