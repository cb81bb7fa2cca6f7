import GeminiProtocol

/// Composes DER, innermost elements first.
enum DERWriter {
    /// An element with this tag around the parts of its content.
    static func element(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
        self.element(tag, joining: parts)
    }

    static func element(_ tag: UInt8, joining parts: [[UInt8]]) -> [UInt8] {
        let length = parts.reduce(0) { $0 + $1.count }
        var element = [tag]
        element.reserveCapacity(length + 6)
        if length < 0x80 {
            element.append(UInt8(length))
        } else {
            let lengthBytes = withUnsafeBytes(of: UInt64(length).bigEndian) { Array($0.drop { $0 == 0 }) }
            element.append(0x80 | UInt8(lengthBytes.count))
            element.append(contentsOf: lengthBytes)
        }
        for part in parts {
            element.append(contentsOf: part)
        }
        return element
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] {
        self.element(DERTag.sequence, joining: parts)
    }

    /// A positive INTEGER from its big-endian bytes.
    static func integer(_ magnitude: some Collection<UInt8>) -> [UInt8] {
        var bytes = Array(magnitude.drop { $0 == 0 })
        if bytes.first.map({ $0 & 0x80 != 0 }) ?? true {
            bytes.insert(0, at: 0)
        }
        return self.element(DERTag.integer, bytes)
    }

    /// A BIT STRING of whole bytes.
    static func bitString(_ bytes: [UInt8]) -> [UInt8] {
        self.element(DERTag.bitString, [0], bytes)
    }

    /// A moment as X.509 wants it: two digits for the year until 2049, four from 2050 (RFC 5280 section 4.1.2.5).
    ///
    /// Years beyond 9999 cannot be written and become the last second before.
    static func time(_ moment: Timestamp) -> [UInt8] {
        let time = min(moment, .lastOfX509).components
        var text = ""
        for field in [time.month, time.day, time.hour, time.minute, time.second] {
            text += field < 10 ? "0\(field)" : "\(field)"
        }
        let year = String(max(time.year, 0))
        let digits = String(repeating: "0", count: max(0, 4 - year.count)) + year
        if (1950..<2050).contains(time.year) {
            return self.element(DERTag.utcTime, Array((digits.suffix(2) + text + "Z").utf8))
        }
        return self.element(DERTag.generalizedTime, Array((digits + text + "Z").utf8))
    }
}
