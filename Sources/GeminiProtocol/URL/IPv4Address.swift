/// An IPv4 address in the one spelling that RFC 3986 knows: four decimal parts without leading zeros.
public struct IPv4Address: Sendable, Hashable {
    /// The address as a number; `127.0.0.1` is `0x7F00_0001`.
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Reads `192.0.2.1`; nil for everything else, `192.0.2.01` and `127.1` included.
    public init?(_ string: String) {
        let bytes = Array(string.utf8)
        self.init(bytes.span)
    }

    init?(_ bytes: Span<UInt8>) {
        var address: UInt32 = 0
        var parts = 0
        var offset = 0
        while true {
            let start = offset
            var part: UInt32 = 0
            while offset < bytes.count, offset - start < 3, URIByte.isDigit(bytes[offset]) {
                part = part * 10 + UInt32(bytes[offset] - UInt8(ascii: "0"))
                offset += 1
            }
            let hasLeadingZero = offset - start > 1 && bytes[start] == UInt8(ascii: "0")
            guard offset > start, part <= 255, !hasLeadingZero else {
                return nil
            }
            address = address << 8 | part
            parts += 1
            if parts == 4 {
                break
            }
            guard offset < bytes.count, bytes[offset] == URIByte.dot else {
                return nil
            }
            offset += 1
        }
        guard offset == bytes.count else {
            return nil
        }
        self.rawValue = address
    }

    /// The four bytes in network order.
    public var bytes: [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self.rawValue >> $0) }
    }
}

extension IPv4Address: CustomStringConvertible {
    public var description: String {
        let (a, b) = (self.rawValue >> 24, self.rawValue >> 16 & 0xFF)
        let (c, d) = (self.rawValue >> 8 & 0xFF, self.rawValue & 0xFF)
        return "\(a).\(b).\(c).\(d)"
    }
}
