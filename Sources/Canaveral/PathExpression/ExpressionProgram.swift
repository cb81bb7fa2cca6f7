/// A regular expression as instructions, each with the number of those that follow.
struct ExpressionProgram: Sendable {
    enum Instruction: Sendable {
        /// One byte.
        case byte(UInt8, next: Int32)
        /// Bytes in a row, among the program's literals.
        case literal(start: Int32, count: Int32, next: Int32)
        case set(ByteSet, next: Int32)
        /// The first is tried first.
        case split(Int32, Int32)
        /// Notes the position: slots `2n` and `2n + 1` are the start and the end of group `n`.
        case save(slot: Int32, next: Int32)
        case assertion(PathAssertion, next: Int32)
        /// Whether the path begins with bytes, or does not.
        case prefix(start: Int32, count: Int32, isNegated: Bool, next: Int32)
        /// Whether the instructions from `entry` match the path's beginning, or do not.
        case lookAhead(entry: Int32, isNegated: Bool, next: Int32)
        /// The match of a look-ahead.
        case found
        /// The match, at the path's end.
        case matched
    }

    /// More of them are refused, so that the worst expression takes a few milliseconds for the longest path.
    static let maximumCost = 1_000

    let instructions: [Instruction]
    let literals: [UInt8]
    let entry: Int32
    /// For each instruction that several lead to its own number, by which a matcher notes where it was there; -1 for others,
    /// to which no position leads twice either, since none leads twice to the one before.
    let joints: [Int32]
    let jointCount: Int
    /// For each instruction what a match may begin with from there on.
    let openings: [ExpressionOpening]

    init(_ instructions: [Instruction], literals: [UInt8], entry: Int32) {
        self.instructions = instructions
        self.literals = literals
        self.entry = entry
        var predecessors = [Int](repeating: 0, count: instructions.count)
        predecessors[Int(entry)] = 1
        for instruction in instructions {
            for next in instruction.successors { predecessors[Int(next)] += 1 }
        }
        var count: Int32 = 0
        self.joints = predecessors.map { predecessors in
            guard predecessors > 1 else { return -1 }
            count += 1
            return count - 1
        }
        self.jointCount = Int(count)
        self.openings = ExpressionOpening.all(instructions, literals)
    }
}

extension ExpressionProgram.Instruction {
    var successors: [Int32] {
        switch self {
        case .byte(_, let next), .literal(_, _, let next), .set(_, let next), .save(_, let next),
            .assertion(_, let next), .prefix(_, _, _, let next):
            [next]
        case .split(let first, let second): [first, second]
        case .lookAhead(let entry, _, let next): [entry, next]
        case .found, .matched: []
        }
    }
}
