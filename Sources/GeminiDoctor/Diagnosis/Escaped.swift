import GeminiProtocol

/// Bytes as text that a terminal and a person can bear.
enum Escaped {
    /// What of a request is shown.
    static let requestLimit = 120
    /// What of a response is shown.
    static let responseLimit = 160

    /// Printable text as it is; CR, LF and TAB as `\r`, `\n` and `\t`, other bytes as `\x1b`; the rest counted.
    static func text(_ bytes: some Collection<UInt8>, limit: Int) -> String {
        let shown = Array(bytes.prefix(limit))
        var text = ""
        var rest = shown[...]
        while let byte = rest.first {
            switch byte {
            case 0x0D: text += "\\r"
            case 0x0A: text += "\\n"
            case 0x09: text += "\\t"
            case 0x5C: text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                if let scalar = Self.scalar(at: rest) {
                    text.unicodeScalars.append(scalar)
                    rest = rest.dropFirst(UTF8.width(scalar))
                    continue
                }
                text += "\\x" + Fingerprint.hexadecimal([byte])
            }
            rest = rest.dropFirst()
        }
        let left = bytes.count - shown.count
        return left > 0 ? "\(text)… (\(left) more bytes)" : text
    }

    /// The character that the bytes begin with, if it is one that can be shown.
    private static func scalar(at bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard bytes[bytes.startIndex] >= 0xC2 else { return nil }
        for length in 2...4 where bytes.count >= length {
            guard let text = String(validating: bytes.prefix(length), as: UTF8.self) else { continue }
            guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else { return nil }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
                return nil
            default: return scalar
            }
        }
        return nil
    }
}

extension UTF8 {
    fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
        UTF8.encode(scalar)?.count ?? 1
    }
}
