/// What became of the lines of a text: each line behind a space, a removed one behind `-`, a new one behind `+`.
struct Diff {
    let lines: [String]

    init(from old: String, to new: String) {
        let old = Self.lines(of: old)
        let difference = Self.lines(of: new).difference(from: old)
        var removed: Set<Int> = []
        var inserted: [Int: Substring] = [:]
        for change in difference {
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
        self.lines = lines
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }
    }
}
