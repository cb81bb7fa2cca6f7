/// How strictly the characters of a component are judged.
enum URILeniency: Sendable {
    /// What RFC 3986 does not allow is an error. Non-ASCII text is its percent-encoded form (DA-16).
    case strict

    /// What RFC 3986 does not allow is percent-encoded, except control characters: nobody means those.
    case lenient
}

/// Checks and encodes one component of a URI.
struct URIComponent: Sendable {
    /// The ASCII characters that stand as they are.
    let allowed: URICharacterSet

    let leniency: URILeniency

    /// Whether escapes are brought to their normal form (RFC 3986 §6.2.2: unreserved ones decoded, upper-case hex).
    let isNormalizing: Bool

    /// The component's encoded text. Where nothing needs a change, the only cost is the text itself.
    func text(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(URIError) -> String {
        var offset = range.lowerBound
        while offset < range.upperBound, self.allowed.contains(bytes[offset]) {
            offset += 1
        }
        if offset == range.upperBound {
            return bytes.uriText(range)
        }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(range.count + 16)
        try self.append(bytes, range, to: &encoded)
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The encoded text of a component that may be absent.
    func text(_ bytes: Span<UInt8>, _ range: Range<Int>?) throws(URIError) -> String? {
        guard let range else {
            return nil
        }
        let text: String = try self.text(bytes, range)
        return text
    }

    /// Appends the component's encoded bytes.
    func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to encoded: inout [UInt8]) throws(URIError) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let byte = bytes[offset]
            if self.allowed.contains(byte) {
                encoded.append(byte)
            } else if byte == URIByte.percent {
                if let value = Self.escapedByte(bytes, at: offset, before: range.upperBound) {
                    self.append(escapeOf: value, written: bytes, at: offset, to: &encoded)
                    offset += 2
                } else if self.leniency == .lenient {
                    encoded.appendPercentEscape(byte)
                } else {
                    throw .invalidPercentEscape(offset: offset)
                }
            } else if byte >= 0x80 {
                // U+0080...U+009F, the second range of control characters, is C2 80 to C2 9F.
                if byte == 0xC2, offset + 1 < range.upperBound, bytes[offset + 1] < 0xA0 {
                    throw .invalidCharacter(bytes.scalar(at: offset), offset: offset)
                }
                encoded.appendPercentEscape(byte)
            } else if self.leniency == .lenient, !URIByte.isControl(byte) {
                encoded.appendPercentEscape(byte)
            } else {
                throw .invalidCharacter(Unicode.Scalar(byte), offset: offset)
            }
            offset += 1
        }
    }

    /// The byte that the escape at an offset stands for, or nil when it is malformed.
    static func escapedByte(_ bytes: Span<UInt8>, at offset: Int, before end: Int) -> UInt8? {
        guard
            offset + 2 < end,
            let high = URIByte.hexValue(bytes[offset + 1]),
            let low = URIByte.hexValue(bytes[offset + 2])
        else {
            return nil
        }
        return high << 4 | low
    }

    private func append(escapeOf value: UInt8, written bytes: Span<UInt8>, at offset: Int, to encoded: inout [UInt8]) {
        if !self.isNormalizing {
            encoded.append(URIByte.percent)
            encoded.append(bytes[offset + 1])
            encoded.append(bytes[offset + 2])
        } else if URICharacterSet.unreserved.contains(value) {
            encoded.append(value)
        } else {
            encoded.appendPercentEscape(value)
        }
    }
}
