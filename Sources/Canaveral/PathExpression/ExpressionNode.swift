/// A part of a regular expression.
struct ExpressionNode: Sendable {
    indirect enum Kind: Sendable {
        /// Bytes in a row; none of them, for nothing at all.
        case literal([UInt8])
        case set(ByteSet)
        case assertion(PathAssertion)
        /// Whether the path begins with something, or does not.
        case lookAhead(ExpressionNode, isNegated: Bool)
        /// A group and its number, from 1.
        case group(Int, ExpressionNode)
        case sequence([ExpressionNode])
        /// The first is preferred.
        case alternatives([ExpressionNode])
        /// - Parameter maximum: `nil` for no end.
        case repetition(ExpressionNode, minimum: Int, maximum: Int?, isLazy: Bool)
    }

    let kind: Kind
    /// Whether it may match without taking a byte.
    let canBeEmpty: Bool

    init(_ kind: Kind) {
        self.kind = kind
        self.canBeEmpty =
            switch kind {
            case .literal(let bytes): bytes.isEmpty
            case .set: false
            case .assertion, .lookAhead: true
            case .group(_, let node): node.canBeEmpty
            case .sequence(let nodes): nodes.allSatisfy(\.canBeEmpty)
            case .alternatives(let nodes): nodes.contains(where: \.canBeEmpty)
            case .repetition(let node, let minimum, _, _): minimum == 0 || node.canBeEmpty
            }
    }
}

/// What has to hold at a place of a path, without taking a byte of it.
enum PathAssertion: Sendable {
    case start
    case end
    /// `\b`
    case wordBoundary
    /// `\B`
    case noWordBoundary

    func holds(at position: Int, of path: [UInt8]) -> Bool {
        switch self {
        case .start: position == 0
        case .end: position == path.count
        case .wordBoundary: Self.isWordBoundary(position, path)
        case .noWordBoundary: !Self.isWordBoundary(position, path)
        }
    }

    private static func isWordBoundary(_ position: Int, _ path: [UInt8]) -> Bool {
        let isAfterWord = position > 0 && ByteSet.words.contains(path[position - 1])
        let isBeforeWord = position < path.count && ByteSet.words.contains(path[position])
        return isAfterWord != isBeforeWord
    }
}
