extension ExpressionParser {
    /// What stands in a class: a character, which may begin a range, or a set.
    private enum Member {
        case character(UInt8)
        case set(ByteSet)
    }

    /// Reads the rest of a class.
    mutating func classSet() throws(PathExpressionError) -> ByteSet {
        let start = self.offset - 1
        let isNegated = self.take("^" as Unicode.Scalar)
        var set = ByteSet()
        // A bracket at the beginning is one of the characters.
        var isFirst = true
        while isFirst || self.next != "]" {
            guard self.next != nil else {
                throw self.error("'[' at character \(start + 1) is not closed: write \\[ for the character")
            }
            isFirst = false
            let place = self.offset
            switch try self.member() {
            case .set(let other): set = set.union(other)
            case .character(let first):
                let last = try self.rangeEnd(after: first, from: place)
                set.insert(first...last)
                if first == last, !isNegated, !ByteSet.paths.contains(first) {
                    self.membersOfNoPath.append(Unicode.Scalar(first))
                }
            }
        }
        self.offset += 1
        if self.isCaseless { set = set.caseless }
        return isNegated ? set.inverted : set
    }

    private mutating func rangeEnd(after first: UInt8, from place: Int) throws(PathExpressionError) -> UInt8 {
        guard self.next == "-", self.offset + 1 < self.text.count, self.text[self.offset + 1] != "]" else {
            return first
        }
        self.offset += 1
        guard case .character(let last) = try self.member() else {
            throw self.error("the range at character \(place + 1) ends with a class: write \\- for the character")
        }
        guard first <= last else {
            throw self.error("the range at character \(place + 1) ends before it begins: turn it round")
        }
        return last
    }

    private mutating func member() throws(PathExpressionError) -> Member {
        let place = self.offset
        if self.take("[:") { return .set(try self.namedSet(from: place)) }
        if self.take("&&") || self.take("~~") || self.take("[" as Unicode.Scalar) {
            throw self.unsupported(
                "a class made of classes",
                from: place,
                "write one class, with \\ before what is a character"
            )
        }
        guard let scalar = self.next else {
            throw self.error("the class at the end is not closed: write ] behind it")
        }
        self.offset += 1
        if scalar == "\\" {
            if let set = self.escapedSet() { return .set(set) }
            return .character(try self.byte(try self.escapedCharacter(from: place), at: place))
        }
        return .character(try self.byte(scalar, at: place))
    }

    private func byte(_ scalar: Unicode.Scalar, at place: Int) throws(PathExpressionError) -> UInt8 {
        guard scalar.isASCII else {
            throw self.error(
                "'\(scalar)' at character \(place + 1) is several bytes of a path, and a class is for one: write (?:a|\(scalar))"
            )
        }
        return UInt8(truncatingIfNeeded: scalar.value)
    }

    /// Reads the rest of `[:alpha:]`.
    private mutating func namedSet(from place: Int) throws(PathExpressionError) -> ByteSet {
        let isNegated = self.take("^" as Unicode.Scalar)
        for (name, set) in ByteSet.named where self.take("\(name):]") { return isNegated ? set.inverted : set }
        throw self.error(
            "'[:' at character \(place + 1) begins the name of no class that is known: write \\[ for the character"
        )
    }
}
