/// Whole numbers and floating-point numbers.
enum Number {
    /// - Returns: `nil` for what is no number, or is one that 64 bits cannot hold.
    static func value(of word: ArraySlice<UInt8>) -> TOMLValue? {
        if let (digits, radix) = self.prefixed(word) {
            return self.digits(digits) { Self.isDigit($0, radix) }.flatMap { Int($0, radix: radix) }.map(
                TOMLValue.integer
            )
        }
        let isNegative = word.first == UInt8(ascii: "-")
        let rest = self.unsigned(word)
        if rest.elementsEqual("inf".utf8) { return .float(isNegative ? -.infinity : .infinity) }
        if rest.elementsEqual("nan".utf8) { return .float(isNegative ? -.nan : .nan) }

        let sign = isNegative ? "-" : ""
        let exponent = rest.firstIndex { $0 | 0x20 == UInt8(ascii: "e") }
        let mantissa = rest[..<(exponent ?? rest.endIndex)]
        let point = mantissa.firstIndex(of: UInt8(ascii: "."))
        let whole = mantissa[..<(point ?? mantissa.endIndex)]
        guard let wholeDigits = self.digits(whole, \.isDigit), whole.count == 1 || whole.first != UInt8(ascii: "0")
        else {
            return nil
        }
        if point == nil, exponent == nil { return Int(sign + wholeDigits).map(TOMLValue.integer) }
        var text = sign + wholeDigits
        if let point {
            guard let digits = self.digits(mantissa[(point + 1)...], \.isDigit) else { return nil }
            text += ".\(digits)"
        }
        if let exponent {
            let power = rest[(exponent + 1)...]
            guard let digits = self.digits(self.unsigned(power), \.isDigit) else { return nil }
            text += "e\(power.first == UInt8(ascii: "-") ? "-" : "")\(digits)"
        }
        return Double(text).flatMap { $0.isFinite ? .float($0) : nil }
    }

    /// The end of the sentence that says that a word is no number.
    static func reason(against word: ArraySlice<UInt8>) -> String {
        let rest = self.unsigned(word)
        if let (digits, radix) = self.prefixed(rest), self.digits(digits, { Self.isDigit($0, radix) }) != nil {
            return rest.count < word.count ? ": leave out its sign" : self.tooLarge
        }
        guard rest.allSatisfy({ $0.isDigit || "_.eE+-".utf8.contains($0) }) else { return ": put a text in quotes" }
        let runs = rest.split { !$0.isDigit && $0 != UInt8(ascii: "_") }
        if runs.contains(where: { self.digits($0, \.isDigit) == nil }) {
            return ": underscores stand between digits alone"
        }
        if let whole = runs.first, whole.count > 1, whole.first == UInt8(ascii: "0") {
            return ": leave out the zeros in front"
        }
        if rest.contains(UInt8(ascii: ".")), rest.first == UInt8(ascii: ".") || runs.count < 2 {
            return ": write digits on both sides of the dot"
        }
        let isPlain = rest.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "_") }
        return isPlain || Double(String(decoding: rest.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)) == .infinity
            ? self.tooLarge : ": put a text in quotes"
    }

    private static let tooLarge = " that 64 bits can hold: write one nearer to zero"

    private static func unsigned(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        word.first == UInt8(ascii: "+") || word.first == UInt8(ascii: "-") ? word.dropFirst() : word
    }

    /// What stands behind `0x`, `0o` or `0b`.
    private static func prefixed(_ word: ArraySlice<UInt8>) -> (digits: ArraySlice<UInt8>, radix: Int)? {
        guard word.first == UInt8(ascii: "0") else { return nil }
        switch word.dropFirst().first {
        case UInt8(ascii: "x"): return (word.dropFirst(2), 16)
        case UInt8(ascii: "o"): return (word.dropFirst(2), 8)
        case UInt8(ascii: "b"): return (word.dropFirst(2), 2)
        default: return nil
        }
    }

    private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
        (Character(Unicode.Scalar(byte)).hexDigitValue ?? radix) < radix
    }

    /// Digits without the single underscores between them; `nil` where there are none, or anything else.
    private static func digits(_ bytes: ArraySlice<UInt8>, _ isDigit: (UInt8) -> Bool) -> String? {
        let parts = bytes.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        return String(decoding: parts.joined(), as: UTF8.self)
    }
}
