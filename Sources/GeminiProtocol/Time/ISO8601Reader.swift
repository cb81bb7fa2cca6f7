/// Takes the parts of an ISO 8601 text off its front.
struct ISO8601Reader<Text: Collection<UInt8>> {
    private var rest: Text.SubSequence

    init(_ text: Text) {
        self.rest = text[...]
    }

    var isAtEnd: Bool {
        self.rest.isEmpty
    }

    /// Takes this character, if it is next.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard self.rest.first == UInt8(ascii: character) else { return false }
        self.rest.removeFirst()
        return true
    }

    /// Takes exactly two digits.
    mutating func number() -> Int? {
        guard let tens = self.digit(), let ones = self.digit() else { return nil }
        return tens * 10 + ones
    }

    /// Takes four digits, or a sign and four digits or more.
    mutating func year() -> Int64? {
        let isNegative = self.skip("-")
        let isSigned = isNegative || self.skip("+")
        var year: Int64 = 0
        var count = 0
        while count < (isSigned ? 12 : 4), let digit = self.digit() {
            year = year * 10 + Int64(digit)
            count += 1
        }
        guard count >= 4 else { return nil }
        return isNegative ? -year : year
    }

    /// Takes a point or a comma with digits behind it, if there is one; `false` when the digits are missing.
    mutating func skipFraction() -> Bool {
        guard self.skip(".") || self.skip(",") else { return true }
        guard self.digit() != nil else { return false }
        while self.digit() != nil {}
        return true
    }

    /// Takes a zone, and gives the seconds that its clocks are ahead of UTC.
    mutating func zone() -> Int? {
        if self.skip("Z") || self.skip("z") {
            return 0
        }
        let isNegative = self.skip("-")
        guard isNegative || self.skip("+"), let hours = self.number(), self.skip(":"), let minutes = self.number(),
            hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return isNegative ? -seconds : seconds
    }

    private mutating func digit() -> Int? {
        guard let byte = self.rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        self.rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }
}
