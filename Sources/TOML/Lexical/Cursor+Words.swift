extension Cursor {
    /// Reads a value that is neither a text nor holds others.
    mutating func word() throws(TOMLError) -> TOMLValue {
        let start = self.mark
        self.skip { !$0.endsWord }
        if Moment.isDate(self.bytes(since: start)), self.next == UInt8(ascii: " "), self.peek(1)?.isDigit == true {
            self.advance()
            self.skip { !$0.endsWord }
        }
        let bytes = self.bytes(since: start)
        guard let first = bytes.first else {
            throw self.error("A value is missing in front of \(self.shownNext): write one.")
        }
        if let value = TOMLValue(word: bytes) { return value }
        if bytes.last == UInt8(ascii: ";"), TOMLValue(word: bytes.dropLast()) != nil {
            throw self.error("A value ends with its line: take the ';' out.", at: start)
        }
        let shown = Shown.text(self.text(since: start))
        let sentence =
            if Moment.isMeant(by: bytes) {
                "\(shown) is no date or time: write it as 1979-05-27T07:32:00Z, 1979-05-27 or 07:32:00, or put a text in quotes."
            } else if first.isDigit || "+-.".utf8.contains(first) {
                "\(shown) is no number\(Number.reason(against: bytes))."
            } else if let advice = Self.advice(on: self.text(since: start)) {
                "\(shown) is no value: \(advice)."
            } else {
                "\(shown) is no value: put a text in quotes."
            }
        throw self.error(sentence, at: start)
    }

    /// What was probably meant, as other formats and text editors spell it.
    private static func advice(on word: String) -> String? {
        if let quote = word.unicodeScalars.first, "“”„‟«»‘’‚".unicodeScalars.contains(quote) {
            return "put a text in straight quotes, \" or '"
        }
        return switch word.lowercased() {
        case "true", "yes", "on", "true;": "write true, in lower case"
        case "false", "no", "off", "false;": "write false, in lower case"
        case "none", "null", "nil": "leave the setting out"
        default: nil
        }
    }
}

extension UInt8 {
    fileprivate var endsWord: Bool {
        switch self {
        case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"): true
        default: self.isBlank || self.isControl
        }
    }
}

extension TOMLValue {
    /// - Returns: `nil` for what is no value.
    init?(word: ArraySlice<UInt8>) {
        switch String(decoding: word, as: UTF8.self) {
        case "true": self = .boolean(true)
        case "false": self = .boolean(false)
        case let text where Moment.isMeant(by: word):
            guard Moment.isValid(word) else { return nil }
            self = .moment(text)
        default:
            guard let number = Number.value(of: word) else { return nil }
            self = number
        }
    }
}
