/// Matches one path: tries what an expression prefers first, goes back where that fails, and tries nothing at a position
/// twice. So the time is bounded by the product of the program's size and the path's length.
struct ExpressionMatcher {
    private let program: ExpressionProgram
    private let path: [UInt8]
    /// A bit for each joint of the program at each position.
    private(set) var visited: [UInt64] = []
    /// Where groups begin and end; -1 where they took no part. Empty when nobody asks for groups.
    private var slots: [Int32]

    /// - Parameter groupCount: `nil` if it matters only whether the path matches.
    init(_ program: ExpressionProgram, _ path: [UInt8], groupCount: Int?) {
        self.program = program
        self.path = path
        self.slots = groupCount.map { [Int32](repeating: -1, count: 2 * $0 + 2) } ?? []
    }

    /// Whether the whole path matches.
    mutating func matches() -> Bool {
        guard self.run(from: self.program.entry) else { return false }
        if !self.slots.isEmpty {
            self.slots[0] = 0
            self.slots[1] = Int32(self.path.count)
        }
        return true
    }

    /// After a match: which bytes a group found.
    func range(ofGroup number: Int) -> Range<Int>? {
        let (start, end) = (self.slots[2 * number], self.slots[2 * number + 1])
        return start < 0 || end < 0 ? nil : Int(start)..<Int(end)
    }

    private mutating func run(from entry: Int32) -> Bool {
        let (instructions, openings, path) = (self.program.instructions, self.program.openings, self.path)
        var alternatives = ExpressionAlternatives()
        var number = Int(entry)
        var position = 0
        while true {
            attempt: while self.isNew(number, at: position) {
                switch instructions[number] {
                case .byte(let byte, let next):
                    guard position < path.count, path[position] == byte else { break attempt }
                    position += 1
                    number = Int(next)
                case .literal(let start, let count, let next):
                    guard self.has(start, count, at: position) else { break attempt }
                    position += Int(count)
                    number = Int(next)
                case .set(let set, let next):
                    guard position < path.count, set.contains(path[position]) else { break attempt }
                    position += 1
                    number = Int(next)
                case .split(let first, let second):
                    // What cannot match the next byte is not tried, nor noted for later.
                    let byte = position < path.count ? path[position] : nil
                    if openings[Int(first)].admits(byte) {
                        if openings[Int(second)].admits(byte) {
                            alternatives.push(.instruction(second, position: Int32(position)))
                        }
                        number = Int(first)
                    } else {
                        guard openings[Int(second)].admits(byte) else { break attempt }
                        number = Int(second)
                    }
                case .save(let slot, let next):
                    if !self.slots.isEmpty {
                        alternatives.push(.slot(slot, value: self.slots[Int(slot)]))
                        self.slots[Int(slot)] = Int32(position)
                    }
                    number = Int(next)
                case .assertion(let assertion, let next):
                    guard assertion.holds(at: position, of: path) else { break attempt }
                    number = Int(next)
                case .prefix(let start, let count, let isNegated, let next):
                    guard self.has(start, count, at: 0) != isNegated else { break attempt }
                    number = Int(next)
                case .lookAhead(let entry, let isNegated, let next):
                    guard self.run(from: entry) != isNegated else { break attempt }
                    number = Int(next)
                case .found:
                    return true
                case .matched:
                    guard position == path.count else { break attempt }
                    return true
                }
            }
            goingBack: while true {
                switch alternatives.pop() {
                case .slot(let slot, let value)?:
                    self.slots[Int(slot)] = value
                case .instruction(let instruction, let start)?:
                    number = Int(instruction)
                    position = Int(start)
                    break goingBack
                case nil:
                    return false
                }
            }
        }
    }

    /// Whether an instruction was not tried at a position yet; from now on it was.
    @inline(__always)
    private mutating func isNew(_ instruction: Int, at position: Int) -> Bool {
        let joint = Int(self.program.joints[instruction])
        guard joint >= 0 else { return true }
        if self.visited.isEmpty {
            let count = self.program.jointCount * (self.path.count + 1)
            self.visited = [UInt64](repeating: 0, count: (count + 63) / 64)
        }
        let number = position * self.program.jointCount + joint
        let bit: UInt64 = 1 << UInt64(number & 63)
        guard self.visited[number >> 6] & bit == 0 else { return false }
        self.visited[number >> 6] |= bit
        return true
    }

    private func has(_ start: Int32, _ count: Int32, at position: Int) -> Bool {
        guard self.path.count - position >= Int(count) else { return false }
        for offset in 0..<Int(count) where self.path[position + offset] != self.program.literals[Int(start) + offset] {
            return false
        }
        return true
    }
}
