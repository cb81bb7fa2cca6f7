/// What a match may begin with from an instruction on: more than that at most, so that what it does not admit fails.
struct ExpressionOpening: Sendable, Equatable {
    private var bytes = ByteSet()
    /// Whether it may match at the path's end.
    private var isAtEnd = false

    /// - Parameter byte: the next one; `nil` at the path's end.
    func admits(_ byte: UInt8?) -> Bool {
        guard let byte else { return self.isAtEnd }
        return self.bytes.contains(byte)
    }

    /// Those of all instructions, each made of those that follow until nothing more comes of it.
    static func all(_ instructions: [ExpressionProgram.Instruction], _ literals: [UInt8]) -> [ExpressionOpening] {
        var openings = [ExpressionOpening](repeating: ExpressionOpening(), count: instructions.count)
        var isDone = false
        while !isDone {
            isDone = true
            for (number, instruction) in instructions.enumerated() {
                let opening = ExpressionOpening(instruction, literals, openings)
                if opening != openings[number] {
                    openings[number] = opening
                    isDone = false
                }
            }
        }
        return openings
    }

    private init() {}

    private init(
        _ instruction: ExpressionProgram.Instruction,
        _ literals: [UInt8],
        _ openings: [ExpressionOpening]
    ) {
        switch instruction {
        case .byte(let byte, _):
            self.bytes.insert(byte...byte)
        case .literal(let start, _, _):
            self.bytes.insert(literals[Int(start)]...literals[Int(start)])
        case .set(let set, _):
            self.bytes = set
        case .split(let first, let second):
            let (first, second) = (openings[Int(first)], openings[Int(second)])
            self.bytes = first.bytes.union(second.bytes)
            self.isAtEnd = first.isAtEnd || second.isAtEnd
        case .assertion(.end, let next):
            self.isAtEnd = openings[Int(next)].isAtEnd
        case .save(_, let next), .assertion(_, let next), .prefix(_, _, _, let next), .lookAhead(_, _, let next):
            self = openings[Int(next)]
        case .found:
            self.bytes = .all
            self.isAtEnd = true
        case .matched:
            self.isAtEnd = true
        }
    }
}
