/// A shell's pattern for paths of requests, where `*` matches slashes too (fnmatch(3) without flags).
struct GlobPattern: Equatable {
    /// The kind of location that matches the same paths.
    enum Location: Equatable {
        case everything
        case exact(String)
        /// With slashes at both ends: the folder and all beneath it.
        case beneath(String)
        /// A regular expression for whole paths.
        case matching(String)
    }

    private enum Piece: Equatable {
        case literal(Character)
        case one
        case any
        case set(GlobSet)

        func matches(_ character: Character) -> Bool {
            switch self {
            case .literal(let own): own == character
            case .one, .any: true
            case .set(let set): set.contains(character)
            }
        }
    }

    private let pieces: [Piece]

    init(_ pattern: String) {
        var pieces: [Piece] = []
        var rest = pattern[...]
        while let character = rest.popFirst() {
            switch character {
            case "*":
                if pieces.last != .any { pieces.append(.any) }
            case "?":
                pieces.append(.one)
            case "\\" where !rest.isEmpty:
                pieces.append(.literal(rest.removeFirst()))
            case "[":
                if let set = GlobSet(&rest) { pieces.append(.set(set)) } else { pieces.append(.literal("[")) }
            default:
                pieces.append(.literal(character))
            }
        }
        self.pieces = pieces
    }

    /// What every match begins with.
    var literalPrefix: String {
        String(
            self.pieces.prefix { if case .literal = $0 { true } else { false } }
                .compactMap { if case .literal(let character) = $0 { character } else { nil } }
        )
    }

    /// Whether it has nothing but characters that mean themselves.
    var isLiteral: Bool {
        self.pieces.allSatisfy { if case .literal = $0 { true } else { false } }
    }

    /// Whether it is a beginning and whatever follows.
    private var isPrefix: Bool {
        self.pieces.last == .any && self.pieces.count == self.literalPrefix.count + 1
    }

    var location: Location {
        let prefix = self.literalPrefix
        if self.isLiteral { return .exact(prefix) }
        if self.isPrefix {
            if prefix.isEmpty || prefix == "/" { return .everything }
            if prefix.hasPrefix("/"), prefix.hasSuffix("/") { return .beneath(prefix) }
        }
        return .matching(self.regex)
    }

    /// The same as a regular expression that whole paths have to match.
    var regex: String { self.pieces.map(Self.regex).joined() }

    /// The same with a group around what stands for the last `*`.
    var capturingRegex: String? {
        guard let last = self.pieces.lastIndex(of: .any) else { return nil }
        return self.pieces.indices.map { $0 == last ? "(.*)" : Self.regex(self.pieces[$0]) }.joined()
    }

    private static func regex(_ piece: Piece) -> String {
        switch piece {
        case .literal(let character): RegexText.literal(String(character))
        case .one: "."
        case .any: ".*"
        case .set(let set): set.regex
        }
    }

    /// Whether it matches a text, in a time no longer than the length of the one times that of the other. Only the last `*` can
    /// have taken too few characters: what stands between two of them fits best where it fits first.
    func matches(_ text: String) -> Bool {
        var rest = text[...]
        var index = 0
        var retry: (index: Int, rest: Substring)?
        while let character = rest.first {
            if index < self.pieces.count, self.pieces[index] == .any {
                index += 1
                retry = (index, rest)
            } else if index < self.pieces.count, self.pieces[index].matches(character) {
                index += 1
                rest.removeFirst()
            } else if let (start, taken) = retry {
                index = start
                rest = taken.dropFirst()
                retry = (start, rest)
            } else {
                return false
            }
        }
        return self.pieces[index...].allSatisfy { $0 == .any }
    }

    /// Whether it certainly matches whatever the other does.
    func covers(_ other: GlobPattern) -> Bool {
        // Every path begins with a slash.
        if self == other || self.pieces == [.any] || self.pieces == [.literal("/"), .any] { return true }
        if other.isLiteral { return self.matches(other.literalPrefix) }
        return self.isPrefix && other.literalPrefix.hasPrefix(self.literalPrefix)
    }

    /// Whether there may be a path that both match.
    func mayOverlap(_ other: GlobPattern) -> Bool {
        let (own, others) = (self.literalPrefix, other.literalPrefix)
        if self.isLiteral { return other.matches(own) }
        if other.isLiteral { return self.matches(others) }
        return own.hasPrefix(others) || others.hasPrefix(own)
    }
}
