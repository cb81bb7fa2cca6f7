import GeminiProtocol

/// The name of a subject or an issuer: attributes in the order of the certificate, most general first.
///
/// Whoever made the certificate chose every byte of it: a common name is a claim, and may hold control characters.
package struct DistinguishedName: Sendable, Hashable {
    /// The attributes that stand on one level, nearly always a single one.
    private let levels: [[Attribute]]

    private struct Attribute: Sendable, Hashable {
        let type: ObjectIdentifier
        let value: Value
    }

    private enum Value: Sendable, Hashable {
        case text(String)
        /// The whole element, of a kind that is no text.
        case encoded([UInt8])
    }

    /// Reads a name.
    ///
    /// - Returns: `nil` where the range holds no such structure.
    init?(_ der: [UInt8], in range: Range<Int>) {
        var outer = DERReader(der, in: range)
        guard let name = outer.next(tagged: DERTag.sequence) else { return nil }
        var sets = DERReader(der, in: name.content)
        var levels: [[Attribute]] = []
        while let set = sets.next(tagged: DERTag.set) {
            var pairs = DERReader(der, in: set.content)
            var level: [Attribute] = []
            while let pair = pairs.next(tagged: DERTag.sequence) {
                var fields = DERReader(der, in: pair.content)
                guard let type = fields.next(tagged: DERTag.objectIdentifier),
                    let type = ObjectIdentifier(content: der[type.content]), let value = fields.next()
                else { return nil }
                level.append(Attribute(type: type, value: Self.value(value, in: der)))
            }
            guard pairs.isAtEnd else { return nil }
            levels.append(level)
        }
        guard sets.isAtEnd else { return nil }
        self.levels = levels
    }

    /// The first common name, exactly as the certificate has it; what `REMOTE_USER` is made of.
    package var commonName: String? {
        for attribute in self.levels.joined() where attribute.type == Self.commonNameType {
            if case .text(let text) = attribute.value {
                return text
            }
        }
        return nil
    }

    /// The name as OpenSSL's `X509_NAME_oneline` writes it, most general part first: `/O=Example/CN=Alice`. What is not
    /// visible ASCII stands there as `\xC3`.
    package var oneLine: String {
        self.levels.joined().map { attribute in
            let bytes: [UInt8] =
                switch attribute.value {
                case .text(let text): Array(text.utf8)
                case .encoded(let bytes): bytes
                }
            let value = bytes.map { byte in
                (0x20...0x7E).contains(byte)
                    ? String(Character(Unicode.Scalar(byte)))
                    : "\\x" + Fingerprint.hexadecimal([byte], uppercase: true)
            }
            return "/\(Self.typeNames[attribute.type] ?? attribute.type.description)=\(value.joined())"
        }
        .joined()
    }

    /// The DER of a name that is one common name, in UTF-8.
    static func der(commonName: String) -> [UInt8] {
        DERWriter.sequence(
            DERWriter.element(
                DERTag.set,
                DERWriter.sequence([0x06, 0x03, 0x55, 0x04, 0x03], DERWriter.element(0x0C, Array(commonName.utf8)))
            )
        )
    }

    private static let commonNameType: ObjectIdentifier = "2.5.4.3"

    private static let typeNames: [ObjectIdentifier: String] = [
        Self.commonNameType: "CN",
        "2.5.4.4": "SN",
        "2.5.4.5": "serialNumber",
        "2.5.4.6": "C",
        "2.5.4.7": "L",
        "2.5.4.8": "ST",
        "2.5.4.9": "STREET",
        "2.5.4.10": "O",
        "2.5.4.11": "OU",
        "2.5.4.12": "title",
        "2.5.4.42": "GN",
        "0.9.2342.19200300.100.1.1": "UID",
        "0.9.2342.19200300.100.1.25": "DC",
        "1.2.840.113549.1.9.1": "emailAddress",
    ]

    private static func value(_ element: DERElement, in der: [UInt8]) -> Value {
        let content = der[element.content]
        let text: String? =
            switch element.tag {
            // UTF8String, NumericString, PrintableString, IA5String, VisibleString
            case 0x0C, 0x12, 0x13, 0x16, 0x1A: String(validating: content, as: UTF8.self)
            // TeletexString, which is Latin-1 in all that exists.
            case 0x14: String(String.UnicodeScalarView(content.map { Unicode.Scalar($0) }))
            // BMPString
            case 0x1E where content.count.isMultiple(of: 2): String(validating: Self.wide(content), as: UTF16.self)
            default: nil
            }
        return text.map { .text($0) } ?? .encoded(Array(der[element.whole]))
    }

    private static func wide(_ bytes: ArraySlice<UInt8>) -> [UInt16] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }
}

extension DistinguishedName: CustomStringConvertible {
    /// The name in the form of RFC 4514, most specific part first: `CN=Alice,O=Example\, Inc.`.
    ///
    /// Control characters are escaped too, so that it fits on one line of a log.
    package var description: String {
        self.levels.reversed().map { level in
            level.map { attribute in
                let type = Self.typeNames[attribute.type] ?? attribute.type.description
                return type + "=" + Self.escaped(attribute.value)
            }
            .joined(separator: "+")
        }
        .joined(separator: ",")
    }

    private static func escaped(_ value: Value) -> String {
        switch value {
        case .encoded(let bytes):
            return "#" + Fingerprint.hexadecimal(bytes)
        case .text(let text):
            let scalars = Array(text.unicodeScalars)
            var escaped = ""
            for (index, scalar) in scalars.enumerated() {
                switch scalar {
                case ",", "+", "\"", "\\", "<", ">", ";",
                    " " where index == 0 || index == scalars.count - 1,
                    "#" where index == 0:
                    escaped += "\\"
                    escaped.unicodeScalars.append(scalar)
                case _ where scalar.onlySteers:
                    for byte in String(scalar).utf8 {
                        escaped += "\\" + Fingerprint.hexadecimal([byte], uppercase: true)
                    }
                default:
                    escaped.unicodeScalars.append(scalar)
                }
            }
            return escaped
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is no character to be seen but one that steers how others are shown, as a direction mark does.
    fileprivate var onlySteers: Bool {
        switch self.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
