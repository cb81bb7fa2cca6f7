extension GlobPattern {
    /// Reads a pattern. Names between two slashes that are empty or a dot count for nothing.
    package init(_ text: some StringProtocol) throws(GlobPatternError) {
        guard text.unicodeScalars.first != "/" else { throw .absolute }
        guard text.unicodeScalars.last != "/" else { throw .folder }
        var components: [Component] = []
        for name in text.unicodeScalars.split(separator: "/") where !name.elementsEqual(["."]) {
            guard !name.elementsEqual([".", "."]) else { throw .leadsOut }
            guard !name.elementsEqual(["*", "*"]) else {
                if components.last != .anyFolders { components.append(.anyFolders) }
                continue
            }
            components.append(.name(try Self.symbols(of: Array(name))))
        }
        guard let last = components.last else { throw .empty }
        if last == .anyFolders { components.append(.name([.anyRun])) }
        self.components = components
    }

    private static func symbols(of name: [Unicode.Scalar]) throws(GlobPatternError) -> [Symbol] {
        var symbols: [Symbol] = []
        var index = 0
        while index < name.count {
            switch name[index] {
            case "?":
                symbols.append(.any)
            case "*":
                guard symbols.last != .anyRun else { throw .misplacedAsterisks }
                symbols.append(.anyRun)
            case "[":
                symbols.append(try Self.set(in: name, from: &index))
            case let scalar:
                symbols.append(.scalar(scalar))
            }
            index += 1
        }
        return symbols
    }

    /// Reads a set.
    ///
    /// - Parameter index: of its opening bracket, and then of its closing one.
    private static func set(in name: [Unicode.Scalar], from index: inout Int) throws(GlobPatternError) -> Symbol {
        var start = index + 1
        let isNegated = start < name.count && name[start] == "!"
        if isNegated { start += 1 }
        // The first character may be a bracket: a set is never empty.
        guard start < name.count, let end = name[(start + 1)...].firstIndex(of: "]") else { throw .openBracket }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while start < end {
            let first = name[start]
            if start + 2 < end, name[start + 1] == "-" {
                let last = name[start + 2]
                guard first <= last else { throw .emptyRange }
                ranges.append(first...last)
                start += 3
            } else {
                ranges.append(first...first)
                start += 1
            }
        }
        index = end
        return .set(ranges, isNegated: isNegated)
    }
}
