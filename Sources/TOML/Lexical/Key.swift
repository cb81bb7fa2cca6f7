/// A key: one name, or several that are joined by dots.
struct Key {
    struct Part {
        var text: String
        var mark: Cursor.Mark
    }

    /// At least one.
    var parts: [Part]
}

extension Cursor {
    /// Reads a key and the blanks behind it.
    mutating func key() throws(TOMLError) -> Key {
        var parts: [Key.Part] = []
        repeat {
            self.skipBlanks()
            parts.append(try self.keyPart())
            self.skipBlanks()
        } while self.take(".")
        return Key(parts: parts)
    }

    private mutating func keyPart() throws(TOMLError) -> Key.Part {
        let start = self.mark
        switch self.next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return Key.Part(text: try self.keyString(), mark: start)
        case let byte? where byte.isBare:
            self.skip { $0.isBare }
            return Key.Part(text: self.text(since: start), mark: start)
        case let byte where byte.map { ".=]\r\n#".utf8.contains($0) } ?? true:
            throw self.error("A key is missing in front of \(self.shownNext): name one.")
        case _ where self.isForeignComment:
            throw self.error("A comment begins with #, not with \(self.shownNext).")
        default:
            throw self.error("A key cannot begin with \(self.shownNext): put it in quotes.")
        }
    }
}
