/// A pattern for the paths of files, as `.meta` files and the `glob` of shells have it.
///
/// - `?` is any one character, and `*` any number of them, within a name.
/// - `**` as a whole name is any number of folders; at the end it is everything beneath.
/// - `[abc]`, `[a-z]` and `[!a-z]` are one character that is, or is not, among those; in brackets nothing else has a
///   meaning, so that `[*]` is an asterisk, and `]` stands for itself where it comes first.
/// - Anything else is itself, in the case in which it is written.
///
/// Matching takes no longer than the length of the pattern times that of the path, whatever is in them.
package struct GlobPattern: Sendable, Hashable {
    enum Symbol: Sendable, Hashable {
        case scalar(Unicode.Scalar)
        /// `?`
        case any
        /// `*`
        case anyRun
        /// `[…]`
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    enum Component: Sendable, Hashable {
        /// `**`
        case anyFolders
        case name([Symbol])
    }

    let components: [Component]

    /// Whether the pattern is for the files named and for no others.
    var isLiteral: Bool {
        self.components.allSatisfy { component in
            guard case .name(let symbols) = component else { return false }
            return symbols.allSatisfy { if case .scalar = $0 { true } else { false } }
        }
    }

    /// Whether the pattern is for the file at this path.
    ///
    /// - Parameter path: its names, from the folder that the pattern is relative to; at least one.
    package func matches(_ path: some RandomAccessCollection<[Unicode.Scalar]>) -> Bool {
        Self.matches(
            path,
            self.components,
            isWildcard: { $0 == .anyFolders },
            isMatch: { name, component in
                guard case .name(let symbols) = component else { return false }
                return Self.matches(name, symbols, isWildcard: { $0 == .anyRun }, isMatch: { $1.matches($0) })
            }
        )
    }

    /// Whether a sequence fits a pattern in which wildcards stand for any number of elements. Only the last wildcard
    /// can have taken too few: what stands between two of them fits best where it fits first.
    private static func matches<Elements: RandomAccessCollection, Part>(
        _ elements: Elements,
        _ pattern: [Part],
        isWildcard: (Part) -> Bool,
        isMatch: (Elements.Element, Part) -> Bool
    ) -> Bool {
        var element = elements.startIndex
        var part = 0
        var retry: (part: Int, element: Elements.Index)?
        while element != elements.endIndex {
            if part < pattern.count, isWildcard(pattern[part]) {
                part += 1
                retry = (part, element)
            } else if part < pattern.count, isMatch(elements[element], pattern[part]) {
                part += 1
                elements.formIndex(after: &element)
            } else if let (start, taken) = retry {
                part = start
                element = elements.index(after: taken)
                retry = (start, element)
            } else {
                return false
            }
        }
        return pattern[part...].allSatisfy(isWildcard)
    }
}

extension GlobPattern.Symbol {
    fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .scalar(let own): own == scalar
        case .any, .anyRun: true
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
        }
    }
}
