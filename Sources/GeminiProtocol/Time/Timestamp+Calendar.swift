extension Timestamp {
    /// A moment as a calendar and a clock in UTC show it.
    public struct Components: Sendable, Hashable {
        /// The year; 0 is the year before 1, and negative years are before that.
        public let year: Int64
        /// The month, from 1 to 12.
        public let month: Int
        /// The day of the month, from 1.
        public let day: Int
        /// The hour, from 0 to 23.
        public let hour: Int
        /// The minute, from 0 to 59.
        public let minute: Int
        /// The second, from 0 to 59.
        public let second: Int
    }

    private static let secondsPerDay: Int64 = 86_400
    /// Days in the 400 years after which the calendar repeats itself.
    private static let daysPerEra: Int64 = 146_097

    /// The moment as a calendar and a clock in UTC show it.
    public var components: Components {
        let (days, second) = self.secondsSinceEpoch.flooredQuotientAndRemainder(by: Self.secondsPerDay)
        // Count from 1 March of year 0: the leap day is then the last day of a year, and months follow a pattern.
        let (era, dayOfEra) = (days + 719_468).flooredQuotientAndRemainder(by: Self.daysPerEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return Components(
            year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
            month: Int(month),
            day: Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1),
            hour: Int(second / 3600),
            minute: Int(second / 60 % 60),
            second: Int(second % 60)
        )
    }

    /// Makes a moment of what a calendar and a clock in UTC show; `nil` when there is no such date or time, or
    /// when 64 bits of seconds do not reach it.
    ///
    /// - Parameters:
    ///   - year: the year, of which 0 is the one before 1.
    ///   - month: from 1 to 12.
    ///   - day: from 1 to the last of the month.
    ///   - hour: from 0 to 23.
    ///   - minute: from 0 to 59.
    ///   - second: from 0 to 59, or 60 for a leap second, which counts as the second after it.
    public init?(year: Int64, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
            (-999_999_999_999...999_999_999_999).contains(year)
        else { return nil }
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredQuotientAndRemainder(by: 400)
        let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * Self.daysPerEra + dayOfEra - 719_468
        let secondOfDay = Int64(hour * 3600 + minute * 60 + second)
        // Towards zero first, so that the earliest day that 64 bits hold a part of can be told too.
        let (start, isTooFar) = (days < 0 ? days + 1 : days).multipliedReportingOverflow(by: Self.secondsPerDay)
        let (seconds, overflows) = start.addingReportingOverflow(
            days < 0 ? secondOfDay - Self.secondsPerDay : secondOfDay
        )
        guard !isTooFar, !overflows else { return nil }
        self.init(secondsSinceEpoch: seconds)
    }

    private static func days(inMonth month: Int, of year: Int64) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    /// Division that rounds down, so that the remainder is never negative.
    fileprivate func flooredQuotientAndRemainder(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
