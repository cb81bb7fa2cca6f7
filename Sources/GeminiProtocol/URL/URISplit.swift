/// Where the components of a URI reference lie in its bytes (RFC 3986, appendix B).
///
/// Only the structure is decided here. Characters are judged when a component is taken out.
struct URISplit: Sendable {
    struct Authority: Sendable {
        var userinfo: Range<Int>?
        var host: Range<Int>
        var port: Range<Int>?
    }

    var scheme: Range<Int>?
    var authority: Authority?
    var path: Range<Int>
    var query: Range<Int>?
    var fragment: Range<Int>?

    init(_ bytes: Span<UInt8>) throws(URIError) {
        let end = bytes.count
        var offset = 0

        scheme: while offset < end {
            switch bytes[offset] {
            case URIByte.colon:
                guard Self.isScheme(bytes, 0..<offset) else {
                    throw .invalidScheme
                }
                self.scheme = 0..<offset
                break scheme
            case URIByte.slash, URIByte.questionMark, URIByte.numberSign:
                break scheme
            default:
                offset += 1
            }
        }
        offset = self.scheme.map { $0.upperBound + 1 } ?? 0

        if offset + 1 < end, bytes[offset] == URIByte.slash, bytes[offset + 1] == URIByte.slash {
            let start = offset + 2
            offset = start
            while offset < end, !Self.endsAuthority(bytes[offset]) {
                offset += 1
            }
            self.authority = try Authority(bytes, start..<offset)
        }

        let pathStart = offset
        while offset < end, bytes[offset] != URIByte.questionMark, bytes[offset] != URIByte.numberSign {
            offset += 1
        }
        self.path = pathStart..<offset

        if offset < end, bytes[offset] == URIByte.questionMark {
            let start = offset + 1
            offset = bytes.firstOffset(of: URIByte.numberSign, in: start..<end) ?? end
            self.query = start..<offset
        }
        if offset < end {
            self.fragment = (offset + 1)..<end
        }
    }

    private static func isScheme(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard !range.isEmpty, URIByte.isLetter(bytes[range.lowerBound]) else {
            return false
        }
        for offset in range where !URICharacterSet.scheme.contains(bytes[offset]) {
            return false
        }
        return true
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte == URIByte.slash || byte == URIByte.questionMark || byte == URIByte.numberSign
    }
}

extension URISplit.Authority {
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(URIError) {
        var start = range.lowerBound
        // The last "@" ends the userinfo: with the first, `a@b@c` could mean one host here and another elsewhere.
        for offset in range where bytes[offset] == URIByte.at {
            start = offset + 1
        }
        let userinfo = start > range.lowerBound ? range.lowerBound..<(start - 1) : nil

        var hostEnd = start
        if start < range.upperBound, bytes[start] == URIByte.leftBracket {
            guard let bracket = bytes.firstOffset(of: URIByte.rightBracket, in: start..<range.upperBound) else {
                throw .invalidHost(.invalidIPv6Address)
            }
            hostEnd = bracket + 1
            guard hostEnd == range.upperBound || bytes[hostEnd] == URIByte.colon else {
                throw .invalidHost(.invalidIPv6Address)
            }
        } else {
            hostEnd = bytes.firstOffset(of: URIByte.colon, in: start..<range.upperBound) ?? range.upperBound
        }
        let port = hostEnd < range.upperBound ? (hostEnd + 1)..<range.upperBound : nil
        self.init(userinfo: userinfo, host: start..<hostEnd, port: port)
    }

    /// The number of the port, nil when it is absent or empty (RFC 3986 §3.2.3 allows `host:`).
    func portNumber(_ bytes: Span<UInt8>) throws(URIError) -> UInt16? {
        guard let port = self.port, !port.isEmpty else {
            return nil
        }
        var number: UInt32 = 0
        for offset in port {
            guard URIByte.isDigit(bytes[offset]) else {
                throw .invalidPort
            }
            number = number * 10 + UInt32(bytes[offset] - UInt8(ascii: "0"))
            guard number <= UInt32(UInt16.max) else {
                throw .invalidPort
            }
        }
        return UInt16(number)
    }
}
