/// How text from a stranger is written into a line, so that it stays in its place and does nothing to a terminal.
package enum LogEscape: Sendable {
    /// Between quotes: quotes and backslashes get a backslash; what is not harmless becomes `\xNN`, byte by byte.
    case quoted
    /// A JSON string: what is not harmless becomes `\uNNNN`; a byte that is no UTF-8 becomes the text `\xNN`.
    case json
    /// Between tabs: `\t`, `\n`, `\r`, `\\`; what else is not harmless becomes `\xNN`.
    case tsv
}

extension [UInt8] {
    /// Appends text from a stranger.
    ///
    /// Control and format characters (direction marks among them), line separators, what Unicode has not assigned, and bytes
    /// that are no UTF-8 are made visible; letters of all scripts stay as they are.
    package mutating func appendEscaped(_ text: Span<UInt8>, as escape: LogEscape = .quoted) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    if byte == UInt8(ascii: "\\") || escape != .tsv { self.append(UInt8(ascii: "\\")) }
                    self.append(byte)
                case 0x20...0x7E:
                    self.append(byte)
                default:
                    self.appendControl(byte, as: escape)
                }
                index += 1
                continue
            }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            let sequence = (index..<Swift.min(index + length, text.count)).map { text[$0] }
            let character = String(validating: sequence, as: UTF8.self)
            guard let character, character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first else {
                self.appendHexadecimal(byte, as: escape)
                index += 1
                continue
            }
            if scalar.isHarmless {
                self.append(contentsOf: sequence)
            } else if escape == .json {
                for unit in character.utf16 { self.appendUnit(unit) }
            } else {
                for byte in sequence { self.appendHexadecimal(byte, as: escape) }
            }
            index += sequence.count
        }
    }

    private mutating func appendControl(_ byte: UInt8, as escape: LogEscape) {
        switch (escape, byte) {
        case (.tsv, UInt8(ascii: "\t")): self.append(contentsOf: "\\t".utf8)
        case (.tsv, UInt8(ascii: "\n")): self.append(contentsOf: "\\n".utf8)
        case (.tsv, UInt8(ascii: "\r")): self.append(contentsOf: "\\r".utf8)
        case (.json, _): self.appendUnit(UInt16(byte))
        case (.quoted, _), (.tsv, _): self.appendHexadecimal(byte, as: escape)
        }
    }

    /// Appends `\xNN`, whose backslash JSON has to escape.
    private mutating func appendHexadecimal(_ byte: UInt8, as escape: LogEscape) {
        if escape == .json { self.append(UInt8(ascii: "\\")) }
        self.append(contentsOf: "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
    }

    /// Appends `\uNNNN`.
    private mutating func appendUnit(_ unit: UInt16) {
        let digits = String(unit, radix: 16, uppercase: true)
        self.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
    }
}

extension Unicode.Scalar {
    fileprivate var isHarmless: Bool {
        switch self.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
