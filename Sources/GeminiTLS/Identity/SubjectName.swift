import GeminiProtocol

/// A name that a certificate is for: a DNS name or an IP address.
enum SubjectName: Sendable, Hashable {
    /// Lower-case, in A-labels, without a final dot; the first label may be `*`.
    case dns(String)
    /// Four or sixteen bytes.
    case address([UInt8])

    private static let longestName = 253
    private static let longestLabel = 63

    /// Tells an address from a DNS name, and refuses what is neither.
    init(_ text: String) throws(IdentityError) {
        if let address = IPAddressText.bytes(of: text) {
            self = .address(address)
            return
        }
        let name = (text.hasSuffix(".") ? text.dropLast() : Substring(text)).lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= Self.longestName, !text.contains("["),
            labels.enumerated().allSatisfy({ Self.isLabel($1, first: $0 == 0 && labels.count > 1) })
        else {
            throw .invalidName(text)
        }
        self = .dns(name)
    }

    var description: String {
        switch self {
        case .dns(let name): name
        case .address(let address): IPAddressText.text(of: address) ?? Fingerprint.hexadecimal(address)
        }
    }

    /// The entry of a subjectAltName extension.
    var der: [UInt8] {
        switch self {
        case .dns(let name): DERWriter.element(DERTag.primitive(2), Array(name.utf8))
        case .address(let address): DERWriter.element(DERTag.primitive(7), address)
        }
    }

    /// Letters, digits, hyphens, and underscores, which names in use have.
    private static func isLabel(_ label: Substring, first: Bool) -> Bool {
        if first, label == "*" {
            return true
        }
        return (1...Self.longestLabel).contains(label.utf8.count)
            && label.utf8.first != UInt8(ascii: "-") && label.utf8.last != UInt8(ascii: "-")
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
