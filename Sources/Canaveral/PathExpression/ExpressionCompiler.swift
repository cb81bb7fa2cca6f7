/// Writes the instructions of a regular expression, the last first.
///
/// A repetition of what can be empty ends with an iteration that takes nothing, once those that must come have come, as
/// Perl has it. What follows such a part then depends on whether it took a byte, so that each part is told where to go on
/// in both cases, and no instruction has to remember. So no instruction leads back to itself without a byte in between,
/// and what can come of an instruction at a position is the same whichever way led there: a matcher need not try it twice.
struct ExpressionCompiler {
    private struct TooLarge: Error {}

    /// Where to go on.
    private struct Continuation {
        /// After a part that took no byte.
        var ifEmpty: Int32
        /// After one that took some.
        var ifNot: Int32

        init(_ next: Int32) {
            self.ifEmpty = next
            self.ifNot = next
        }

        init(ifEmpty: Int32, ifNot: Int32) {
            self.ifEmpty = ifEmpty
            self.ifNot = ifNot
        }

        var isOne: Bool { self.ifEmpty == self.ifNot }
    }

    private var instructions: [ExpressionProgram.Instruction] = []
    private var literals: [UInt8] = []
    private var cost = 0
    private var partCount = 0

    /// - Returns: `nil` for an expression that is too large.
    static func program(for node: ExpressionNode) -> ExpressionProgram? {
        var compiler = ExpressionCompiler()
        do throws(TooLarge) {
            let end = try compiler.emit(.matched)
            let entry = try compiler.compile(node, then: Continuation(end))
            return ExpressionProgram(compiler.instructions, literals: compiler.literals, entry: entry)
        } catch {
            return nil
        }
    }

    private mutating func emit(
        _ instruction: ExpressionProgram.Instruction,
        cost: Int = 1
    ) throws(TooLarge) -> Int32 {
        self.cost += cost
        guard self.cost <= ExpressionProgram.maximumCost else { throw TooLarge() }
        self.instructions.append(instruction)
        return Int32(self.instructions.count - 1)
    }

    /// - Returns: its first instruction.
    private mutating func compile(_ node: ExpressionNode, then next: Continuation) throws(TooLarge) -> Int32 {
        // Parts that take no instruction, repeated a thousand times a thousand times, would take their time.
        self.partCount += 1
        guard self.partCount <= 8 * ExpressionProgram.maximumCost else { throw TooLarge() }
        switch node.kind {
        case .literal(let bytes):
            return bytes.isEmpty ? next.ifEmpty : try self.compile(bytes, then: next.ifNot)
        case .set(let set):
            return try self.emit(.set(set, next: next.ifNot))
        case .assertion(let assertion):
            return try self.emit(.assertion(assertion, next: next.ifEmpty))
        case .lookAhead(let node, let isNegated):
            return try self.compileLookAhead(node, isNegated, then: next.ifEmpty)
        case .group(let number, let node):
            var end = Continuation(try self.emit(.save(slot: Int32(2 * number + 1), next: next.ifNot)))
            if !next.isOne, node.canBeEmpty {
                end.ifEmpty = try self.emit(.save(slot: Int32(2 * number + 1), next: next.ifEmpty))
            }
            let start = try self.compile(node, then: end)
            return try self.emit(.save(slot: Int32(2 * number), next: start))
        case .sequence(let nodes):
            var next = next
            for node in nodes.reversed() { next = try self.prepend(node, to: next) }
            return next.ifEmpty
        case .alternatives(let nodes):
            var entries: [Int32] = []
            for node in nodes { entries.append(try self.compile(node, then: next)) }
            var entry = entries.removeLast()
            for other in entries.reversed() { entry = try self.emit(.split(other, entry)) }
            return entry
        case .repetition(let node, let minimum, let maximum, let isLazy):
            return try self.compileRepetition(of: node, minimum, maximum, isLazy, then: next)
        }
    }

    private mutating func compile(_ bytes: [UInt8], then next: Int32) throws(TooLarge) -> Int32 {
        if bytes.count == 1 { return try self.emit(.byte(bytes[0], next: next)) }
        let start = Int32(self.literals.count)
        self.literals += bytes
        // Comparing bytes is cheaper than following instructions.
        return try self.emit(.literal(start: start, count: Int32(bytes.count), next: next), cost: 1 + bytes.count / 4)
    }

    private mutating func compileLookAhead(
        _ node: ExpressionNode,
        _ isNegated: Bool,
        then next: Int32
    ) throws(TooLarge) -> Int32 {
        guard case .literal(let bytes) = node.kind else {
            let entry = try self.compile(node, then: Continuation(try self.emit(.found)))
            return try self.emit(.lookAhead(entry: entry, isNegated: isNegated, next: next))
        }
        let start = Int32(self.literals.count)
        self.literals += bytes
        return try self.emit(.prefix(start: start, count: Int32(bytes.count), isNegated: isNegated, next: next))
    }

    /// What goes on with a part before what went on.
    private mutating func prepend(_ node: ExpressionNode, to next: Continuation) throws(TooLarge) -> Continuation {
        let ifNot = try self.compile(node, then: Continuation(next.ifNot))
        guard !next.isOne, node.canBeEmpty else { return Continuation(ifNot) }
        return Continuation(ifEmpty: try self.compile(node, then: next), ifNot: ifNot)
    }

    /// The iterations that must come go on to the next whether they take anything or not; from the last of them on, one
    /// that takes nothing ends the repetition.
    private mutating func compileRepetition(
        of node: ExpressionNode,
        _ minimum: Int,
        _ maximum: Int?,
        _ isLazy: Bool,
        then next: Continuation
    ) throws(TooLarge) -> Int32 {
        guard maximum != 0 else { return next.ifEmpty }
        // Where an iteration goes on that took something and needs none behind it.
        var rest = next.ifNot
        // An iteration after some that took something, where there is one already.
        var body: Int32?
        if let maximum {
            for _ in max(1, minimum)..<maximum {
                let more = try self.compileIteration(node, ifEmpty: next.ifNot, ifNot: rest)
                rest = try self.emitSplit(more, else: next.ifNot, isLazy)
            }
        } else {
            let (loop, more) = try self.compileLoop(node, isLazy, then: next.ifNot)
            if minimum == 0, next.isOne { return loop }
            rest = loop
            body = more
        }
        let isTold = !next.isOne && node.canBeEmpty
        let first =
            if let body, !isTold { body } else {
                try self.compileIteration(node, ifEmpty: next.ifEmpty, ifNot: rest)
            }
        guard minimum > 0 else { return try self.emitSplit(first, else: next.ifEmpty, isLazy) }
        guard minimum > 1 else { return first }
        var entry = Continuation(first)
        if let body {
            entry.ifNot = body
        } else if isTold {
            entry.ifNot = try self.compileIteration(node, ifEmpty: next.ifNot, ifNot: rest)
        }
        for _ in 2..<minimum { entry = try self.prepend(node, to: entry) }
        return try self.compile(node, then: entry)
    }

    private mutating func compileIteration(
        _ node: ExpressionNode,
        ifEmpty: Int32,
        ifNot: Int32
    ) throws(TooLarge) -> Int32 {
        try self.compile(
            node,
            then: node.canBeEmpty ? Continuation(ifEmpty: ifEmpty, ifNot: ifNot) : Continuation(ifNot)
        )
    }

    /// A repetition without end, behind which the match goes on in one way.
    ///
    /// - Returns: where it is decided whether there is one more, and where one more begins.
    private mutating func compileLoop(
        _ node: ExpressionNode,
        _ isLazy: Bool,
        then next: Int32
    ) throws(TooLarge) -> (loop: Int32, body: Int32) {
        let loop = try self.emit(.split(next, next))
        let body = try self.compileIteration(node, ifEmpty: next, ifNot: loop)
        self.instructions[Int(loop)] = isLazy ? .split(next, body) : .split(body, next)
        return (loop, body)
    }

    private mutating func emitSplit(_ body: Int32, else next: Int32, _ isLazy: Bool) throws(TooLarge) -> Int32 {
        try self.emit(isLazy ? .split(next, body) : .split(body, next))
    }
}
