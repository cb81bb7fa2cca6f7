/// An ASN.1 object identifier in its dotted form, such as `1.2.840.10045.2.1`.
///
/// Only to tell algorithms and attributes apart and to show those that have no name here.
struct ObjectIdentifier: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    let description: String

    init(stringLiteral value: StaticString) {
        self.description = value.description
    }

    /// - Parameter content: what is inside the element.
    /// - Returns: `nil` for an identifier that is empty, cut short, or has a number above 2^63.
    init?(content: ArraySlice<UInt8>) {
        guard let last = content.last, last & 0x80 == 0 else { return nil }
        var numbers: [UInt64] = []
        var number: UInt64 = 0
        for byte in content {
            guard number >> 56 == 0 else { return nil }
            number = number << 7 | UInt64(byte & 0x7F)
            if byte & 0x80 == 0 {
                numbers.append(number)
                number = 0
            }
        }
        let first = min(numbers[0] / 40, 2)
        self.description = ([first, numbers[0] - first * 40] + numbers.dropFirst()).map { String($0) }
            .joined(separator: ".")
    }
}
