/// Punycode (RFC 3492): Unicode text in the letters, digits and hyphens of a host name.
///
/// This is the bare encoding, without `xn--` and without mapping; ``Host`` applies both.
///
///     try Punycode.encode("bücher")      // "bcher-kva"
///     try Punycode.decode("bcher-kva")   // "bücher"
///
/// Both ways take time that grows with the square of the length, so bound what comes from outside; ``Host`` stops
/// at the 63 bytes of a label.
public enum Punycode {
    private static let base: UInt32 = 36
    private static let thresholdMinimum: UInt32 = 1
    private static let thresholdMaximum: UInt32 = 26
    private static let skew: UInt32 = 38
    private static let damp: UInt32 = 700
    private static let initialBias: UInt32 = 72
    private static let initialScalar: UInt32 = 0x80

    /// Encodes a text. ASCII characters are kept as they are, capitals too.
    ///
    /// - Throws: ``PunycodeError/overflow`` for a text so long that its encoding leaves 32 bits.
    public static func encode(_ text: String) throws(PunycodeError) -> String {
        String(decoding: try Self.encode(Array(text.unicodeScalars)), as: UTF8.self)
    }

    /// Decodes a text. Digits may be in either case.
    public static func decode(_ text: String) throws(PunycodeError) -> String {
        let bytes = Array(text.utf8)
        var string = String.UnicodeScalarView()
        string.append(contentsOf: try Self.decode(bytes.span))
        return String(string)
    }

    static func encode(_ scalars: [Unicode.Scalar]) throws(PunycodeError) -> [UInt8] {
        var encoded: [UInt8] = scalars.filter(\.isASCII).map { UInt8($0.value) }
        let basicCount = UInt32(encoded.count)
        if basicCount > 0 {
            encoded.append(URIByte.hyphen)
        }
        var handled = basicCount
        var current = Self.initialScalar
        var delta: UInt32 = 0
        var bias = Self.initialBias

        while handled < UInt32(scalars.count) {
            var next = UInt32.max
            for scalar in scalars where scalar.value >= current && scalar.value < next {
                next = scalar.value
            }
            delta = try Self.add(delta, Self.multiply(next - current, handled + 1))
            current = next
            for scalar in scalars {
                if scalar.value < current {
                    delta = try Self.add(delta, 1)
                } else if scalar.value == current {
                    Self.append(delta, bias: bias, to: &encoded)
                    bias = Self.adaptedBias(delta: delta, count: handled + 1, isFirst: handled == basicCount)
                    delta = 0
                    handled += 1
                }
            }
            delta = try Self.add(delta, 1)
            current += 1
        }
        return encoded
    }

    static func decode(_ bytes: Span<UInt8>) throws(PunycodeError) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        var offset = 0
        for index in 0..<bytes.count where bytes[index] == URIByte.hyphen {
            offset = index + 1
        }
        // The last hyphen parts the ASCII characters from the rest. At the very start it has nothing to part.
        for index in 0..<max(0, offset - 1) {
            guard bytes[index] < 0x80 else {
                throw .invalidCharacter
            }
            scalars.append(Unicode.Scalar(bytes[index]))
        }

        var current = Self.initialScalar
        var position: UInt32 = 0
        var bias = Self.initialBias
        while offset < bytes.count {
            let previous = position
            var weight: UInt32 = 1
            var step = Self.base
            while true {
                guard offset < bytes.count else {
                    throw .truncated
                }
                guard let digit = Self.digit(bytes[offset]) else {
                    throw .invalidCharacter
                }
                offset += 1
                position = try Self.add(position, Self.multiply(digit, weight))
                let threshold = Self.threshold(step, bias: bias)
                if digit < threshold {
                    break
                }
                weight = try Self.multiply(weight, Self.base - threshold)
                step += Self.base
            }
            let count = UInt32(scalars.count) + 1
            bias = Self.adaptedBias(delta: position - previous, count: count, isFirst: previous == 0)
            current = try Self.add(current, position / count)
            position %= count
            guard let scalar = Unicode.Scalar(current) else {
                throw .invalidScalar
            }
            scalars.insert(scalar, at: Int(position))
            position += 1
        }
        return scalars
    }

    private static func append(_ delta: UInt32, bias: UInt32, to encoded: inout [UInt8]) {
        var rest = delta
        var step = Self.base
        while true {
            let threshold = Self.threshold(step, bias: bias)
            if rest < threshold {
                break
            }
            encoded.append(Self.character(threshold + (rest - threshold) % (Self.base - threshold)))
            rest = (rest - threshold) / (Self.base - threshold)
            step += Self.base
        }
        encoded.append(Self.character(rest))
    }

    private static func threshold(_ step: UInt32, bias: UInt32) -> UInt32 {
        step <= bias ? Self.thresholdMinimum : min(step - bias, Self.thresholdMaximum)
    }

    private static func adaptedBias(delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / Self.damp : delta / 2
        delta += delta / count
        var steps: UInt32 = 0
        while delta > (Self.base - Self.thresholdMinimum) * Self.thresholdMaximum / 2 {
            delta /= Self.base - Self.thresholdMinimum
            steps += Self.base
        }
        return steps + (Self.base - Self.thresholdMinimum + 1) * delta / (delta + Self.skew)
    }

    private static func character(_ digit: UInt32) -> UInt8 {
        UInt8(digit < 26 ? 0x61 + digit : 0x30 + digit - 26)
    }

    private static func digit(_ character: UInt8) -> UInt32? {
        if URIByte.isLetter(character) {
            UInt32((character | 0x20) - UInt8(ascii: "a"))
        } else if URIByte.isDigit(character) {
            UInt32(character - UInt8(ascii: "0")) + 26
        } else {
            nil
        }
    }

    private static func add(_ left: UInt32, _ right: UInt32) throws(PunycodeError) -> UInt32 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else {
            throw .overflow
        }
        return sum
    }

    private static func multiply(_ left: UInt32, _ right: UInt32) throws(PunycodeError) -> UInt32 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow else {
            throw .overflow
        }
        return product
    }
}
