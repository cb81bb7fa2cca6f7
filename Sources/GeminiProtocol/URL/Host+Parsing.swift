extension Host {
    /// Reads the host of a URL, as part of the URL's own errors.
    init(url bytes: Span<UInt8>, _ range: Range<Int>) throws(URIError) {
        do {
            try self.init(parsing: bytes, range)
        } catch {
            throw .invalidHost(error)
        }
    }

    /// Reads the host of a URL: brackets around IPv6, percent-escapes in names (RFC 3986 §3.2.2).
    init(parsing bytes: Span<UInt8>, _ range: Range<Int>) throws(HostError) {
        guard !range.isEmpty else {
            throw .empty
        }
        if bytes[range.lowerBound] == URIByte.leftBracket {
            guard
                range.count > 2,
                bytes[range.upperBound - 1] == URIByte.rightBracket,
                let address = IPv6Address(bytes.extracting((range.lowerBound + 1)..<(range.upperBound - 1)))
            else {
                throw .invalidIPv6Address
            }
            self.init(address)
            return
        }

        var isPlain = true
        var isASCII = true
        for offset in range {
            let byte = bytes[offset]
            if byte >= 0x80 || byte == URIByte.percent {
                isASCII = false
            } else if !URICharacterSet.hostName.contains(byte) {
                throw .invalidCharacter(Unicode.Scalar(byte))
            } else if URIByte.isUppercase(byte) {
                isPlain = false
            }
        }

        if isASCII {
            if let address = try Self.checkedASCIIName(bytes, range) {
                self.init(address)
            } else if isPlain {
                self.init(unchecked: .name(bytes.uriText(range)))
            } else {
                var lowercase: [UInt8] = []
                lowercase.reserveCapacity(range.count)
                for offset in range {
                    lowercase.append(URIByte.lowercased(bytes[offset]))
                }
                self.init(unchecked: .name(String(decoding: lowercase, as: UTF8.self)))
            }
        } else {
            let name = try IDNA.asciiName(try Self.decodedName(bytes, range))
            if let address = try Self.checkedASCIIName(name.span, 0..<name.count) {
                self.init(address)
            } else {
                self.init(unchecked: .name(String(decoding: name, as: UTF8.self)))
            }
        }
    }

    /// Checks the labels of a name whose characters are good; what ends in a number has to be an address.
    private static func checkedASCIIName(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>
    ) throws(HostError) -> IPv4Address? {
        let hasTrailingDot = bytes[range.upperBound - 1] == URIByte.dot
        let end = hasTrailingDot ? range.upperBound - 1 : range.upperBound
        guard end - range.lowerBound <= 253 else {
            throw .nameTooLong
        }
        var labelStart = range.lowerBound
        var lastLabel = labelStart..<labelStart
        while labelStart <= end {
            let labelEnd = bytes.firstOffset(of: URIByte.dot, in: labelStart..<end) ?? end
            lastLabel = labelStart..<labelEnd
            guard !lastLabel.isEmpty else {
                throw .emptyLabel
            }
            guard lastLabel.count <= 63 else {
                throw .labelTooLong
            }
            guard bytes[labelStart] != URIByte.hyphen, bytes[labelEnd - 1] != URIByte.hyphen else {
                throw .misplacedHyphen
            }
            labelStart = labelEnd + 1
        }
        guard Self.isNumber(bytes, lastLabel) else {
            return nil
        }
        guard let address = IPv4Address(bytes.extracting(range)) else {
            throw .invalidIPv4Address
        }
        return address
    }

    /// Whether the C library would take the label for a number: decimal, octal or `0x` and hexadecimal digits.
    private static func isNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        let isHexadecimal =
            range.count >= 2 && bytes[start] == UInt8(ascii: "0") && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
        if isHexadecimal {
            start += 2
        }
        for offset in start..<range.upperBound {
            let isDigit = isHexadecimal ? URIByte.hexValue(bytes[offset]) != nil : URIByte.isDigit(bytes[offset])
            guard isDigit else {
                return false
            }
        }
        return true
    }

    private static func decodedName(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(HostError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        var offset = range.lowerBound
        while offset < range.upperBound {
            if bytes[offset] == URIByte.percent {
                guard let value = URIComponent.escapedByte(bytes, at: offset, before: range.upperBound) else {
                    throw .invalidPercentEscape
                }
                decoded.append(value)
                offset += 3
            } else {
                decoded.append(bytes[offset])
                offset += 1
            }
        }
        guard let name = String(validating: decoded, as: UTF8.self) else {
            throw .invalidPercentEscape
        }
        return name
    }
}
