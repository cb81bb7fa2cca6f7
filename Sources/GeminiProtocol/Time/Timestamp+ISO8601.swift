extension Timestamp: CustomStringConvertible {
    /// The moment in ISO 8601, as Atom and log readers take it: `2026-11-21T01:02:03Z`.
    ///
    /// A year that has not four digits is written with its sign: `+12026-11-21T01:02:03Z`.
    public var description: String {
        let time = self.components
        return "\(self.date)T\(time.hour.twoDigits):\(time.minute.twoDigits):\(time.second.twoDigits)Z"
    }

    /// The day alone, as a gemlog's links begin with it: `2026-11-21`.
    public var date: String {
        let day = self.components
        let digits = String(day.year.magnitude)
        let sign = day.year < 0 ? "-" : day.year > 9999 ? "+" : ""
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return "\(sign)\(padding)\(digits)-\(day.month.twoDigits)-\(day.day.twoDigits)"
    }

    /// Reads a date, which stands for its first second, or a date with a time and a zone, of ISO 8601.
    ///
    /// `2026-11-21`, `2026-11-21T01:02:03Z`, `2026-11-21T02:02:03.5+01:00`: letters may be small, a space may stand for
    /// the `T`, and parts of a second are dropped. A time needs its zone; there is none that could be guessed.
    ///
    /// - Returns: `nil` for anything else, and for dates that do not exist.
    public init?(iso8601 text: some StringProtocol) {
        var reader = ISO8601Reader(text.utf8)
        guard let year = reader.year(), reader.skip("-"), let month = reader.number(), reader.skip("-"),
            let day = reader.number()
        else { return nil }
        guard !reader.isAtEnd else {
            self.init(year: year, month: month, day: day)
            return
        }
        guard reader.skip("T") || reader.skip("t") || reader.skip(" "),
            let hour = reader.number(), reader.skip(":"), let minute = reader.number(), reader.skip(":"),
            let second = reader.number(), reader.skipFraction(), let zone = reader.zone(), reader.isAtEnd,
            let local = Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        self = local - .seconds(zone)
    }
}

extension Int {
    fileprivate var twoDigits: String {
        self < 10 ? "0\(self)" : "\(self)"
    }
}
