import GeminiProtocol

extension Certificate {
    /// RFC 5280 allows 20 bytes. Up to this many are shown in decimal, which takes quadratic time.
    private static let longestDecimalSerial = 64

    /// The serial number in decimal, as `TLS_CLIENT_SERIAL_NUMBER` has it.
    ///
    /// `nil` also for numbers of more than 64 bytes, which no issuer makes.
    package var serialNumber: String? {
        guard let (isNegative, magnitude) = self.serialMagnitude,
            magnitude.count <= Self.longestDecimalSerial
        else { return nil }
        var digits: [UInt8] = []
        var rest = magnitude
        while !rest.isEmpty {
            var remainder = 0
            for index in rest.indices {
                let value = remainder << 8 | Int(rest[index])
                rest[index] = UInt8(value / 10)
                remainder = value % 10
            }
            digits.append(UInt8(ascii: "0") + UInt8(remainder))
            rest = Array(rest.drop { $0 == 0 })
        }
        let text = String(decoding: digits.reversed(), as: UTF8.self)
        return (isNegative ? "-" : "") + (text.isEmpty ? "0" : text)
    }

    /// The serial number in lower-case hexadecimal, two digits a byte.
    package var serialNumberHexadecimal: String? {
        guard let (isNegative, magnitude) = self.serialMagnitude else { return nil }
        return (isNegative ? "-" : "") + (magnitude.isEmpty ? "00" : Fingerprint.hexadecimal(magnitude))
    }

    /// The number without its sign, without leading zeros. Negative ones are forbidden and exist.
    private var serialMagnitude: (isNegative: Bool, magnitude: [UInt8])? {
        guard let range = self.layout.serialNumber, let first = self.der[range].first else { return nil }
        var bytes = Array(self.der[range])
        let isNegative = first & 0x80 != 0
        if isNegative {
            var carry = true
            for index in bytes.indices.reversed() {
                let (sum, overflow) = (~bytes[index]).addingReportingOverflow(carry ? 1 : 0)
                bytes[index] = sum
                carry = overflow
            }
        }
        return (isNegative, Array(bytes.drop { $0 == 0 }))
    }
}
