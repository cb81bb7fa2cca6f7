/// Domain names between the text that people write and the A-labels that DNS carries, as clients do it.
///
/// This is UTS #46, non-transitional, as far as the standard library's character properties reach:
///
/// - letters are lower-cased, fullwidth ASCII becomes ASCII, U+3002, U+FF0E and U+FF61 are dots;
/// - soft hyphens, variation selectors, U+200B, U+2060 and U+FEFF disappear;
/// - control, format, private-use, unassigned and separator characters are refused, and so is a label that begins with
///   a combining mark;
/// - U+200C and U+200D are kept after a virama and refused elsewhere (RFC 5892, A.1 and A.2, without joining types).
///
/// What is not done, because the standard library has no public interface to it: normalisation to NFC (`e` followed by
/// U+0301 is encoded as these two characters, so it names another host than `é`), compatibility mappings other than
/// fullwidth forms (`ﬁ`, `ſ`, `①`, halfwidth kana), and the Bidi rule of RFC 5893. Names that are typed on a keyboard,
/// or come from another client, are in NFC already; one that is not leads to a host that is not served, never to one
/// that is served under a different name.
enum IDNA {
    /// The most scalars a label can have: each costs at least one byte of its A-label.
    private static let maximumLabelLength = 63

    /// The name in ASCII. Lengths, hyphens and empty labels are for the caller to check.
    static func asciiName(_ name: String) throws(HostError) -> [UInt8] {
        var ascii: [UInt8] = []
        var label: [Unicode.Scalar] = []
        for scalar in name.unicodeScalars {
            if Self.isDot(scalar) {
                try Self.append(label, to: &ascii)
                ascii.append(URIByte.dot)
                label.removeAll(keepingCapacity: true)
            } else {
                try Self.appendMapped(scalar, to: &label)
                guard label.count <= Self.maximumLabelLength else {
                    throw .labelTooLong
                }
            }
        }
        try Self.append(label, to: &ascii)
        guard !ascii.isEmpty else {
            throw .empty
        }
        return ascii
    }

    /// The name with each A-label decoded whose decoded form is encoded back to it.
    static func unicodeName(_ name: String) -> String {
        name.split(separator: ".", omittingEmptySubsequences: false)
            .map { Self.unicodeLabel($0) ?? String($0) }
            .joined(separator: ".")
    }

    private static func unicodeLabel(_ label: Substring) -> String? {
        guard label.hasPrefix("xn--") else {
            return nil
        }
        let bytes = Array(label.utf8.dropFirst(4))
        guard let scalars = try? Punycode.decode(bytes.span) else {
            return nil
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let unicode = String(text)
        guard let encoded = try? Self.asciiName(unicode), encoded.elementsEqual(label.utf8) else {
            return nil
        }
        return unicode
    }

    private static func append(_ label: [Unicode.Scalar], to ascii: inout [UInt8]) throws(HostError) {
        if label.allSatisfy(\.isASCII) {
            ascii.append(contentsOf: label.lazy.map { UInt8(truncatingIfNeeded: $0.value) })
            return
        }
        try Self.check(label)
        guard let encoded = try? Punycode.encode(label) else {
            throw .invalidLabel
        }
        ascii.append(contentsOf: "xn--".utf8)
        ascii.append(contentsOf: encoded)
    }

    private static func check(_ label: [Unicode.Scalar]) throws(HostError) {
        // "xn--" before text that is not ASCII would be encoded a second time.
        if label.starts(with: "xn--".unicodeScalars) {
            throw .invalidLabel
        }
        // A leading hyphen is still visible in the A-label's middle, where the caller's check does not look.
        guard label.first != "-", label.last != "-" else {
            throw .misplacedHyphen
        }
        if let first = label.first, first.isCombiningMark {
            throw .invalidCharacter(first)
        }
        var previous: Unicode.Scalar?
        for scalar in label {
            if scalar == "\u{200C}" || scalar == "\u{200D}" {
                guard previous?.properties.canonicalCombiningClass == .virama else {
                    throw .invalidCharacter(scalar)
                }
            }
            previous = scalar
        }
    }

    private static func appendMapped(
        _ scalar: Unicode.Scalar,
        to label: inout [Unicode.Scalar]
    ) throws(HostError) {
        if Self.isIgnored(scalar) {
            return
        }
        let narrow = Self.narrowed(scalar)
        for mapped in narrow.properties.lowercaseMapping.unicodeScalars {
            guard Self.isAllowed(mapped) else {
                throw .invalidCharacter(mapped)
            }
            label.append(mapped)
        }
    }

    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", "\u{3002}", "\u{FF0E}", "\u{FF61}": true
        default: false
        }
    }

    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFE00...0xFE0F, 0xE0100...0xE01EF: true
        default: false
        }
    }

    private static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        default: scalar
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return URICharacterSet.hostName.contains(UInt8(truncatingIfNeeded: scalar.value))
        }
        switch scalar.properties.generalCategory {
        case .control, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator:
            return false
        case .format:
            return scalar == "\u{200C}" || scalar == "\u{200D}"
        default:
            return true
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isCombiningMark: Bool {
        switch self.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
