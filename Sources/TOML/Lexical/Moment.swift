/// Dates and times as RFC 3339 writes them, whole or in part.
struct Moment {
    private var rest: ArraySlice<UInt8>

    /// Whether a word begins as a date or a time does, be it one or not.
    static func isMeant(by word: ArraySlice<UInt8>) -> Bool {
        let digits = word.prefix { $0.isDigit }.count
        let mark = word.dropFirst(digits).first
        return digits == 4 && mark == UInt8(ascii: "-") || digits == 2 && mark == UInt8(ascii: ":")
    }

    /// Whether a word is a date alone, which a blank and a time may follow.
    static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
        var moment = Moment(rest: word)
        return moment.takeDate() && moment.rest.isEmpty
    }

    static func isValid(_ word: ArraySlice<UInt8>) -> Bool {
        var moment = Moment(rest: word)
        if moment.takeDate() {
            if moment.rest.isEmpty { return true }
            guard moment.take("T") || moment.take("t") || moment.take(" "), moment.takeTime() else { return false }
            return moment.rest.isEmpty || moment.takeOffset() && moment.rest.isEmpty
        }
        moment.rest = word
        return moment.takeTime() && moment.rest.isEmpty
    }

    private mutating func takeDate() -> Bool {
        guard let year = self.number(of: 4), self.take("-"), let month = self.number(of: 2), self.take("-"),
            let day = self.number(of: 2), (1...12).contains(month)
        else { return false }
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    private mutating func takeTime() -> Bool {
        // The sixtieth second is a leap second.
        guard let hour = self.number(of: 2), self.take(":"), let minute = self.number(of: 2), self.take(":"),
            let second = self.number(of: 2), hour <= 23, minute <= 59, second <= 60
        else { return false }
        guard self.take(".") else { return true }
        let digits = self.rest.prefix { $0.isDigit }.count
        self.rest = self.rest.dropFirst(digits)
        return digits > 0
    }

    private mutating func takeOffset() -> Bool {
        if self.take("Z") || self.take("z") { return true }
        guard self.take("+") || self.take("-"), let hours = self.number(of: 2), self.take(":"),
            let minutes = self.number(of: 2)
        else { return false }
        return hours <= 23 && minutes <= 59
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard self.rest.first == UInt8(ascii: character) else { return false }
        self.rest = self.rest.dropFirst()
        return true
    }

    private mutating func number(of count: Int) -> Int? {
        let digits = self.rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
        self.rest = self.rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
