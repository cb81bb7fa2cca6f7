extension ExpressionParser {
    /// How often a part may come.
    struct Repetition {
        var minimum: Int
        /// `nil` for no end.
        var maximum: Int?
        var isLazy = false
    }

    private static let maximumCount = 1_000

    /// Reads how often what came before may come, if that is said.
    mutating func repetition() throws(PathExpressionError) -> Repetition? {
        let start = self.offset
        guard var repetition = try self.count() else { return nil }
        if self.take("?" as Unicode.Scalar) {
            repetition.isLazy = true
        } else if self.take("+" as Unicode.Scalar) {
            throw self.unsupported(
                "a possessive repetition",
                from: start,
                "leave out the '+', without which no match takes long"
            )
        }
        let second = self.offset
        if try self.count() != nil {
            throw self.error(
                "what is repeated twice at character \(second + 1) needs a group: write (?:...) around it"
            )
        }
        return repetition
    }

    private mutating func count() throws(PathExpressionError) -> Repetition? {
        switch self.next {
        case "*":
            self.offset += 1
            return Repetition(minimum: 0)
        case "+":
            self.offset += 1
            return Repetition(minimum: 1)
        case "?":
            self.offset += 1
            return Repetition(minimum: 0, maximum: 1)
        case "{":
            return try self.countInBraces()
        default:
            return nil
        }
    }

    /// `{n}`, `{n,}` and `{n,m}`; nothing is read where a brace begins none of these.
    private mutating func countInBraces() throws(PathExpressionError) -> Repetition? {
        let start = self.offset
        self.offset += 1
        let minimum = self.number()
        let hasMaximum = self.take("," as Unicode.Scalar)
        let maximum = hasMaximum ? self.number() : minimum
        guard let minimum, self.take("}" as Unicode.Scalar) else {
            self.offset = start
            return nil
        }
        guard max(minimum, maximum ?? 0) <= Self.maximumCount else {
            throw self.error(
                "the count at character \(start + 1) is over \(Self.maximumCount): write a lower one, or none"
            )
        }
        if let maximum, maximum < minimum {
            throw self.error("the count at character \(start + 1) ends before it begins: write {\(maximum),\(minimum)}")
        }
        return Repetition(minimum: minimum, maximum: maximum)
    }

    /// Reads digits; a number that is too large for any use is the largest.
    private mutating func number() -> Int? {
        var digits = ""
        while let scalar = self.next, ("0"..."9").contains(scalar) {
            digits.unicodeScalars.append(scalar)
            self.offset += 1
        }
        return digits.isEmpty ? nil : Int(digits) ?? .max
    }
}
