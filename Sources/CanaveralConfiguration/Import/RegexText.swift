/// Regular expressions, and the targets of redirects, as text.
enum RegexText {
    private static let special = Set("\\^$.|?*+()[]{}")

    /// A regular expression for the text itself.
    static func literal(_ text: String) -> String {
        text.map { self.special.contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }

    /// The text that a regular expression stands for, if it stands for one alone.
    static func text(ofLiteral expression: some StringProtocol) -> String? {
        var text = ""
        var rest = expression[...]
        while let character = rest.popFirst() {
            if character == "\\" {
                guard let next = rest.popFirst(), !next.isLetter, !next.isNumber else { return nil }
                text.append(next)
            } else if self.special.contains(character) {
                return nil
            } else {
                text.append(character)
            }
        }
        return text
    }

    /// To stand in front of a regular expression for whole paths, which then matches nothing beneath these folders: what is
    /// there is answered there, and must not become a file.
    static func exclusion(of folders: [String]) -> String {
        folders.filter { folder in !folders.contains { $0 != folder && folder.hasPrefix($0) } }
            .map { "(?!\(self.literal($0)))" }.joined()
    }

    /// A part of a redirect's target in which nothing stands for a group or what is beneath a path, and
    /// everything may stand in a URI.
    static func target(_ text: String) -> String {
        self.encoded(text) { "-._~:/?#[]@!&'()+,;=%".utf8.contains($0) }
    }

    /// The same of a path that is not encoded yet.
    static func target(ofPath path: String) -> String {
        self.encoded(path) { "-._~:/@!&'()+,;=".utf8.contains($0) }
    }

    private static func encoded(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where isKept(byte):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }
}
