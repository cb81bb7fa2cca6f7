extension Span<UInt8> {
    /// The text of a range that is known to be UTF-8, made with a single allocation.
    ///
    /// The borrowed pointer does not leave the closure. The safe spelling (`String(copying: UTF8Span)`) needs a newer
    /// standard library than the oldest platform of this package has.
    func uriText(_ range: Range<Int>) -> String {
        let slice = self.extracting(range)
        return unsafe slice.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    func firstOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
        for offset in range where self[offset] == byte {
            return offset
        }
        return nil
    }

    /// The offset of the first byte that is not part of well-formed UTF-8 (Unicode §3.9, table 3-7).
    ///
    /// Overlong forms, surrogates and values above U+10FFFF are not well-formed.
    func firstInvalidUTF8Offset() -> Int? {
        var offset = 0
        while offset < self.count {
            let first = self[offset]
            if first < 0x80 {
                offset += 1
                continue
            }
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch first {
            case 0xC2...0xDF: length = 2
            case 0xE0...0xEF:
                length = 3
                if first == 0xE0 { second = 0xA0...0xBF }
                if first == 0xED { second = 0x80...0x9F }
            case 0xF0...0xF4:
                length = 4
                if first == 0xF0 { second = 0x90...0xBF }
                if first == 0xF4 { second = 0x80...0x8F }
            default: return offset
            }
            guard offset + length <= self.count, second.contains(self[offset + 1]) else {
                return offset
            }
            var continuation = offset + 2
            while continuation < offset + length {
                guard (0x80...0xBF).contains(self[continuation]) else {
                    return offset
                }
                continuation += 1
            }
            offset += length
        }
        return nil
    }

    /// The scalar that starts at an offset of well-formed UTF-8.
    func scalar(at offset: Int) -> Unicode.Scalar {
        let first = self[offset]
        var value: UInt32
        let length: Int
        switch first {
        case 0..<0x80: return Unicode.Scalar(first)
        case 0x80..<0xE0: (value, length) = (UInt32(first & 0x1F), 2)
        case 0xE0..<0xF0: (value, length) = (UInt32(first & 0x0F), 3)
        default: (value, length) = (UInt32(first & 0x07), 4)
        }
        for continuation in 1..<length where offset + continuation < self.count {
            value = value << 6 | UInt32(self[offset + continuation] & 0x3F)
        }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
