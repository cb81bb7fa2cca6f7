extension ExpressionParser {
    /// Reads what a group begins with.
    mutating func opening() throws(PathExpressionError) -> Opening {
        let start = self.offset
        self.offset += 1
        guard self.take("?" as Unicode.Scalar) else {
            try self.addGroup(named: nil, at: start)
            return .capture
        }
        if self.take(":" as Unicode.Scalar) { return .plain(isCaseless: nil) }
        if self.take("=" as Unicode.Scalar) { return .lookAhead(isNegated: false) }
        if self.take("!" as Unicode.Scalar) { return .lookAhead(isNegated: true) }
        if self.take("<=") || self.take("<!") {
            throw self.unsupported("look-behind", from: start, "write what comes before as a part of the expression")
        }
        if self.take(">" as Unicode.Scalar) {
            throw self.unsupported("an atomic group", from: start, "write (?:...), which never takes long")
        }
        if self.take("P=") || self.take("P>") || self.take("&") {
            throw self.unsupported("a reference to a group", from: start, "write out what it may be")
        }
        if self.take("P<") || self.take("<" as Unicode.Scalar) {
            try self.addGroup(named: try self.name(), at: start)
            return .capture
        }
        return try self.flags(from: start)
    }

    private mutating func name() throws(PathExpressionError) -> String {
        let start = self.offset
        var name = ""
        while let scalar = self.next,
            scalar == "_" || scalar.isASCII && scalar.properties.isAlphabetic
                || !name.isEmpty && ("0"..."9").contains(scalar)
        {
            name.unicodeScalars.append(scalar)
            self.offset += 1
        }
        guard !name.isEmpty, self.take(">" as Unicode.Scalar) else {
            throw self.error(
                "the name at character \(start + 1) is none: write letters, digits and '_', and '>' behind them"
            )
        }
        return name
    }

    /// `(?i)`, `(?-i)`, and `(?i:` with a group. `s` changes nothing, since paths have no line ends.
    private mutating func flags(from start: Int) throws(PathExpressionError) -> Opening {
        var isOn = true
        var isCaseless: Bool?
        while let scalar = self.next {
            self.offset += 1
            switch scalar {
            case "i": isCaseless = isOn
            case "s": break
            case "-": isOn = false
            case ":": return .plain(isCaseless: isCaseless)
            case ")":
                self.isCaseless = isCaseless ?? self.isCaseless
                return .flags
            default:
                throw self.unsupported("none of the groups known here", from: start, "write (...), (?:...) or (?i)")
            }
        }
        throw self.error("'(' at character \(start + 1) is not closed: write \\( for the character")
    }

    /// An error about what was read from a character on.
    func unsupported(_ name: String, from start: Int, _ instead: String) -> PathExpressionError {
        let construct = String(String.UnicodeScalarView(self.text[start..<self.offset]))
        return self.error("'\(construct)' at character \(start + 1) is \(name), which is not supported: \(instead)")
    }
}
