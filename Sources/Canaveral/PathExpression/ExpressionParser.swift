/// Reads a regular expression.
struct ExpressionParser {
    private static let maximumDepth = 50

    let pattern: String
    let text: [Unicode.Scalar]
    var offset = 0
    private(set) var groupCount = 0
    private var names: Set<String> = []
    private var depth = 0
    private var lookAheadCount = 0
    private var isInLookAhead = false
    /// Whether a match is still at the path's start here.
    private var isAtStart = true
    var isCaseless = false
    /// Characters that classes name, and no encoded path has.
    var membersOfNoPath: [Unicode.Scalar] = []

    init(_ pattern: String) {
        self.pattern = pattern
        self.text = Array(pattern.unicodeScalars)
    }

    mutating func parse() throws(PathExpressionError) -> ExpressionNode {
        let node = try self.alternatives()
        guard self.next == nil else {
            throw self.error("')' at character \(self.offset + 1) closes no group: write \\) for the character")
        }
        return node
    }

    // MARK: Reading

    var next: Unicode.Scalar? { self.offset < self.text.count ? self.text[self.offset] : nil }

    /// Reads a character if it comes next.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard self.next == scalar else { return false }
        self.offset += 1
        return true
    }

    /// Reads some text if it comes next.
    mutating func take(_ word: String) -> Bool {
        guard self.text[self.offset...].starts(with: word.unicodeScalars) else { return false }
        self.offset += word.unicodeScalars.count
        return true
    }

    func error(_ reason: String) -> PathExpressionError { PathExpressionError(self.pattern, reason) }

    // MARK: Structure

    private mutating func alternatives() throws(PathExpressionError) -> ExpressionNode {
        let isAtStart = self.isAtStart
        var nodes = [try self.sequence()]
        while self.take("|" as Unicode.Scalar) {
            self.isAtStart = isAtStart
            nodes.append(try self.sequence())
        }
        return nodes.count == 1 ? nodes[0] : ExpressionNode(.alternatives(nodes))
    }

    private mutating func sequence() throws(PathExpressionError) -> ExpressionNode {
        var nodes: [ExpressionNode] = []
        while let scalar = self.next, scalar != "|", scalar != ")" {
            let start = self.offset
            let lookAheads = self.lookAheadCount
            let atom = try self.atom(scalar)
            guard let repetition = try self.repetition() else {
                Self.append(atom, to: &nodes)
                continue
            }
            guard self.lookAheadCount == lookAheads else {
                throw self.error(
                    "the look-ahead at character \(start + 1) is repeated: write it once, at the start of the expression"
                )
            }
            nodes.append(
                ExpressionNode(
                    .repetition(
                        atom,
                        minimum: repetition.minimum,
                        maximum: repetition.maximum,
                        isLazy: repetition.isLazy
                    )
                )
            )
        }
        return nodes.count == 1 ? nodes[0] : ExpressionNode(.sequence(nodes))
    }

    /// Appends a part; bytes that follow bytes are one part with these.
    private static func append(_ node: ExpressionNode, to nodes: inout [ExpressionNode]) {
        guard case .literal(let bytes) = node.kind else {
            nodes.append(node)
            return
        }
        guard !bytes.isEmpty else { return }
        if case .literal(let head)? = nodes.last?.kind {
            nodes[nodes.count - 1] = ExpressionNode(.literal(head + bytes))
        } else {
            nodes.append(node)
        }
    }

    private mutating func atom(_ scalar: Unicode.Scalar) throws(PathExpressionError) -> ExpressionNode {
        let start = self.offset
        if scalar == "(" { return try self.group() }
        if scalar == "^" {
            self.offset += 1
            return ExpressionNode(.assertion(.start))
        }
        if self.take("\\A") { return ExpressionNode(.assertion(.start)) }
        self.isAtStart = false
        self.offset += 1
        switch scalar {
        case "[": return ExpressionNode(.set(try self.classSet()))
        case ".": return ExpressionNode(.set(.all))
        case "$": return ExpressionNode(.assertion(.end))
        case "\\": return try self.escape()
        case "*", "+", "?":
            throw self.error(
                "'\(scalar)' at character \(start + 1) follows nothing that it could repeat: write \\\(scalar) for the character"
            )
        case "{":
            throw self.error("'{' at character \(start + 1) begins no count such as {2,3}: write \\{ for the character")
        default: return self.literal(scalar)
        }
    }

    // MARK: Groups

    private mutating func group() throws(PathExpressionError) -> ExpressionNode {
        let start = self.offset
        let opening = try self.opening()
        if case .flags = opening { return ExpressionNode(.literal([])) }
        self.depth += 1
        defer { self.depth -= 1 }
        guard self.depth <= Self.maximumDepth else {
            throw self.error(
                "the group at character \(start + 1) is within \(Self.maximumDepth) others: leave out those that are not needed"
            )
        }
        let isCaseless = self.isCaseless
        if case .plain(isCaseless: let own?) = opening { self.isCaseless = own }
        var isLookAhead = false
        if case .lookAhead = opening {
            guard self.isAtStart, !self.isInLookAhead else {
                throw self.error(
                    "the look-ahead at character \(start + 1) is not at the start, where alone it may be: move it there"
                )
            }
            isLookAhead = true
            self.lookAheadCount += 1
        }
        let number = self.groupCount
        self.isInLookAhead = self.isInLookAhead || isLookAhead
        let node = try self.alternatives()
        if isLookAhead { self.isInLookAhead = false }
        self.isAtStart = isLookAhead
        self.isCaseless = isCaseless
        guard self.take(")" as Unicode.Scalar) else {
            throw self.error("'(' at character \(start + 1) is not closed: write \\( for the character")
        }
        switch opening {
        case .flags, .plain: return node
        case .lookAhead(let isNegated): return ExpressionNode(.lookAhead(node, isNegated: isNegated))
        case .capture: return ExpressionNode(.group(number, node))
        }
    }

    /// What a group is for.
    enum Opening {
        /// None: settings of what follows.
        case flags
        case plain(isCaseless: Bool?)
        case capture
        case lookAhead(isNegated: Bool)
    }

    /// Counts a group that captures.
    mutating func addGroup(named name: String?, at start: Int) throws(PathExpressionError) {
        guard !self.isInLookAhead else {
            throw self.error(
                "the group at character \(start + 1) finds nothing, since it is in a look-ahead: write (?:...)"
            )
        }
        self.groupCount += 1
        if let name, !self.names.insert(name).inserted {
            throw self.error("two groups have the name '\(name)': give each its own, or none")
        }
    }
}
