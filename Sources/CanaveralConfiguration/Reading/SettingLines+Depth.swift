extension SettingLines {
    /// How many dots may join keys on one line. The library goes down a key by recursion, and ends the process where the
    /// stack does.
    static let deepest = 100

    /// The first line with keys that no stack is deep enough for.
    static func tooDeep(in text: String) -> Int? {
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        where line.count > Self.deepest && Self.dots(in: line) >= Self.deepest {
            return index + 1
        }
        return nil
    }

    /// The dots outside of texts and comments.
    private static func dots(in line: Substring.UTF8View) -> Int {
        var count = 0
        var quote: UInt8?
        for byte in line {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if quote == nil { quote = byte } else if quote == byte { quote = nil }
            case UInt8(ascii: "#") where quote == nil: return count
            case UInt8(ascii: ".") where quote == nil: count += 1
            default: break
            }
        }
        return count
    }
}
