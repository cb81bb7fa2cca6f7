import GeminiProtocol

extension ExpressionParser {
    /// A character as it stands in encoded paths.
    func literal(_ scalar: Unicode.Scalar) -> ExpressionNode {
        // Paths have these as they are, and as the escapes of names.
        if !["/", "%", ";"].contains(scalar) {
            let encoded = PercentEncoding.encode(segment: String(scalar))
            if encoded.utf8.count > 1 { return ExpressionNode(.literal(Array(encoded.utf8))) }
        }
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        let set = ByteSet(byte...byte)
        return ExpressionNode(self.isCaseless && set.caseless != set ? .set(set.caseless) : .literal([byte]))
    }

    /// What follows a backslash outside of classes.
    mutating func escape() throws(PathExpressionError) -> ExpressionNode {
        let start = self.offset - 1
        if let set = self.escapedSet() { return ExpressionNode(.set(set)) }
        switch self.next {
        case "z", "Z":
            self.offset += 1
            return ExpressionNode(.assertion(.end))
        case "b":
            self.offset += 1
            return ExpressionNode(.assertion(.wordBoundary))
        case "B":
            self.offset += 1
            return ExpressionNode(.assertion(.noWordBoundary))
        case "1", "2", "3", "4", "5", "6", "7", "8", "9", "k", "g":
            self.offset += 1
            throw self.unsupported("a back-reference", from: start, "write out what it may be")
        default:
            return self.literal(try self.escapedCharacter(from: start))
        }
    }

    /// Reads the rest of `\d` and its like.
    mutating func escapedSet() -> ByteSet? {
        let set: ByteSet? =
            switch self.next {
            case "d": .digits
            case "D": ByteSet.digits.inverted
            case "w": .words
            case "W": ByteSet.words.inverted
            case "s": .space
            case "S": ByteSet.space.inverted
            default: nil
            }
        if set != nil { self.offset += 1 }
        return set
    }

    /// Reads the rest of `\.` or `\x2E`.
    ///
    /// - Parameter start: where the backslash is.
    mutating func escapedCharacter(from start: Int) throws(PathExpressionError) -> Unicode.Scalar {
        guard let scalar = self.next else {
            throw self.error("'\\' at the end escapes nothing: write \\\\ for the character")
        }
        self.offset += 1
        if scalar == "x" {
            let digits = String(String.UnicodeScalarView(self.text[self.offset...].prefix(2)))
            guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16), value < 0x80, digits.first != "+" else {
                throw self.error(
                    "'\\x' at character \(start + 1) is no ASCII character: write two hexadecimal digits up to 7F, or the character itself"
                )
            }
            self.offset += 2
            return Unicode.Scalar(value)
        }
        guard !scalar.isASCII || !Character(scalar).isLetter && !Character(scalar).isNumber else {
            throw self.error(
                "'\\\(scalar)' at character \(start + 1) means nothing here: write the character or its class"
            )
        }
        return scalar
    }
}
