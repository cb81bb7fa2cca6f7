/// An IPv6 address. Every spelling of RFC 4291 §2.2 is read; RFC 5952's is written.
public struct IPv6Address: Sendable, Hashable {
    /// The address as a number; `::1` is 1.
    public let rawValue: UInt128

    public init(rawValue: UInt128) {
        self.rawValue = rawValue
    }

    /// Reads an address without brackets; nil for everything else, addresses with a zone (`fe80::1%eth0`) included.
    public init?(_ string: String) {
        let bytes = Array(string.utf8)
        self.init(bytes.span)
    }

    /// The sixteen bytes in network order.
    public var bytes: [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: self.rawValue >> (120 - 8 * $0)) }
    }

    /// The IPv4 address inside `::ffff:a.b.c.d`, nil for other addresses.
    public var ipv4Mapped: IPv4Address? {
        self.rawValue >> 32 == 0xFFFF ? IPv4Address(rawValue: UInt32(truncatingIfNeeded: self.rawValue)) : nil
    }

    private func group(_ index: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: self.rawValue >> (112 - 16 * index))
    }
}

extension IPv6Address {
    init?(_ bytes: Span<UInt8>) {
        // The groups before "::" and those after it, each shifted in from the right.
        var head: UInt128 = 0
        var tail: UInt128 = 0
        var groups = 0
        var groupsBeforeGap: Int?
        var offset = 0

        if bytes.count >= 2, bytes[0] == URIByte.colon, bytes[1] == URIByte.colon {
            groupsBeforeGap = 0
            offset = 2
        }
        while offset < bytes.count {
            let start = offset
            var group: UInt128 = 0
            while offset < bytes.count, offset - start < 4, let digit = URIByte.hexValue(bytes[offset]) {
                group = group << 4 | UInt128(digit)
                offset += 1
            }
            guard offset > start else {
                return nil
            }
            var width = 1
            if offset < bytes.count, bytes[offset] == URIByte.dot {
                guard let address = IPv4Address(bytes.extracting(start..<bytes.count)) else {
                    return nil
                }
                group = UInt128(address.rawValue)
                width = 2
                offset = bytes.count
            }
            groups += width
            guard groups <= 8 else {
                return nil
            }
            if groupsBeforeGap == nil {
                head = head << UInt128(16 * width) | group
            } else {
                tail = tail << UInt128(16 * width) | group
            }

            if offset == bytes.count {
                break
            }
            guard bytes[offset] == URIByte.colon else {
                return nil
            }
            offset += 1
            if offset < bytes.count, bytes[offset] == URIByte.colon {
                guard groupsBeforeGap == nil else {
                    return nil
                }
                groupsBeforeGap = groups
                offset += 1
            } else if offset == bytes.count {
                return nil
            }
        }

        if let groupsBeforeGap {
            // "::" stands for at least one group.
            guard groups < 8 else {
                return nil
            }
            // The operator for shifts by 128 and more gives zero, which is the head of an address that has none.
            self.rawValue = head << UInt128(16 * (8 - groupsBeforeGap)) | tail
        } else {
            guard groups == 8 else {
                return nil
            }
            self.rawValue = head
        }
    }
}

extension IPv6Address: CustomStringConvertible {
    /// RFC 5952: lower case, no leading zeros, the first longest run of zero groups as `::`, mapped IPv4 in dots.
    public var description: String {
        if let address = self.ipv4Mapped {
            return "::ffff:\(address)"
        }
        var gap = 0..<0
        var run = 0..<0
        for index in 0..<8 {
            run = self.group(index) == 0 ? run.lowerBound..<(index + 1) : (index + 1)..<(index + 1)
            if run.count > gap.count, run.count > 1 {
                gap = run
            }
        }
        var text = ""
        var index = 0
        while index < 8 {
            if index == gap.lowerBound, !gap.isEmpty {
                text += "::"
                index = gap.upperBound
                continue
            }
            if index > 0, index != gap.upperBound || gap.isEmpty {
                text += ":"
            }
            text += String(self.group(index), radix: 16)
            index += 1
        }
        return text
    }
}
