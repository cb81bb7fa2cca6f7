/// What became of the lines of a text: each line behind a space, a removed one behind `-`, a new one behind `+`.
struct Diff {
    let lines: [String]

    /// What differs in more lines than these together is shown as one text taken out and one put in: to look for what they
    /// have in common takes time by the square of their number, and anybody can write long pages.
    private static let longest = 2000

    init(from old: String, to new: String) {
        let old = Self.lines(of: old)
        let new = Self.lines(of: new)
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
        let changed = (old: old[start..<old.count - end], new: new[start..<new.count - end])
        self.lines =
            old[..<start].map { " \($0)" }
            + (changed.old.count + changed.new.count > Self.longest
                ? changed.old.map { "-\($0)" } + changed.new.map { "+\($0)" }
                : Self.merged(Array(changed.old), Array(changed.new)))
            + old[(old.count - end)...].map { " \($0)" }
    }

    private static func merged(_ old: [Substring], _ new: [Substring]) -> [String] {
        var removed: Set<Int> = []
        var inserted: [Int: Substring] = [:]
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, let line, _): inserted[offset] = line
            }
        }
        var lines: [String] = []
        // The line of the new text that comes next.
        var next = 0
        for (offset, line) in old.enumerated() {
            if removed.contains(offset) {
                lines.append("-\(line)")
                continue
            }
            while let line = inserted[next] {
                lines.append("+\(line)")
                next += 1
            }
            lines.append(" \(line)")
            next += 1
        }
        while let line = inserted[next] {
            lines.append("+\(line)")
            next += 1
        }
        return lines
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }
}
