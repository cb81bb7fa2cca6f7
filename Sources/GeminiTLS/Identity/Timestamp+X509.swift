import GeminiProtocol

extension Timestamp {
    /// 9999-12-31T23:59:59Z, which RFC 5280 also uses for "does not expire".
    static let lastOfX509 = Timestamp(secondsSinceEpoch: 253_402_300_799)

    /// Reads a UTCTime or a GeneralizedTime of a certificate, which both end in `Z`.
    ///
    /// - Returns: `nil` for times with another zone or a fraction, which RFC 5280 forbids, and for dates that do not
    ///   exist.
    init?(x509 content: ArraySlice<UInt8>, tag: UInt8) {
        let yearDigits: Int
        switch tag {
        case DERTag.utcTime: yearDigits = 2
        case DERTag.generalizedTime: yearDigits = 4
        default: return nil
        }
        guard content.count == yearDigits + 11, content.last == UInt8(ascii: "Z"),
            content.dropLast().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        func number(_ offset: Int, _ count: Int) -> Int {
            content.dropFirst(offset).prefix(count).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        var year = number(0, yearDigits)
        if yearDigits == 2 {
            year += year < 50 ? 2000 : 1900
        }
        self.init(
            year: Int64(year),
            month: number(yearDigits, 2),
            day: number(yearDigits + 2, 2),
            hour: number(yearDigits + 4, 2),
            minute: number(yearDigits + 6, 2),
            second: number(yearDigits + 8, 2)
        )
    }
}
