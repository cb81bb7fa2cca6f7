/// What the names of accounts look like.
///
/// Letters and digits of any script, with single spaces, points, hyphens, underscores and apostrophes between them. So that
/// nobody passes for another: no letters that cannot be seen or are written in two ways, and no mixture of the Latin,
/// Greek and Cyrillic alphabets, whose letters look alike. Names that differ only in case are the same.
public struct AccountNameRules: Sendable {
    /// How many characters a name has.
    public var length: ClosedRange<Int>
    /// Names that nobody gets, whatever their case.
    public var reserved: Set<String>

    public init(length: ClosedRange<Int> = 2...24, reserved: Set<String> = []) {
        self.length = length
        self.reserved = reserved
    }

    /// The name in the form in which it is unique.
    static func folded(_ name: String) -> String {
        // Upper case first, so that ß and ss, and both small sigmas, become the same.
        name.uppercased().lowercased()
    }

    /// The name without spaces around it.
    ///
    /// - Throws: ``AccountError/invalidName(_:)`` with the rule that it breaks.
    func check(_ text: String) throws(AccountError) -> String {
        let scalars = text.unicodeScalars.drop { $0 == " " }
        let name = String(String.UnicodeScalarView(scalars.reversed().drop { $0 == " " }.reversed()))
        guard self.length.contains(name.count), name.utf8.count <= 8 * self.length.upperBound else {
            throw .invalidName("A name has \(self.length.lowerBound) to \(self.length.upperBound) characters.")
        }
        guard name.unicodeScalars.allSatisfy({ $0.isNameLetter || $0.isNameSeparator }) else {
            throw .invalidName("A name is made of letters and digits, with spaces or - _ . ' between them.")
        }
        var wasSeparator = true
        for scalar in name.unicodeScalars {
            guard !(wasSeparator && scalar.isNameSeparator) else {
                throw .invalidName("A name begins with a letter or digit, and has one sign at a time between them.")
            }
            wasSeparator = scalar.isNameSeparator
        }
        guard !wasSeparator else { throw .invalidName("A name ends with a letter or digit.") }
        guard Set(name.unicodeScalars.compactMap(\.alphabet)).count <= 1 else {
            throw .invalidName("A name is written in one alphabet.")
        }
        guard !self.reserved.contains(where: { Self.folded($0) == Self.folded(name) }) else {
            throw .invalidName("The name \(name) is not to be had; choose another.")
        }
        return name
    }
}

extension Unicode.Scalar {
    fileprivate var isNameSeparator: Bool { " -_.'".unicodeScalars.contains(self) }

    fileprivate var isNameLetter: Bool {
        switch self.value {
        // Marks that also come as one letter together with what they stand on, and letters that are others in another form.
        case 0x0300...0x036F, 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF, 0xF900...0xFAFF, 0xFB00...0xFB4F,
            0xFF00...0xFFEF, 0x2100...0x214F, 0x1D400...0x1D7FF, 0x2F800...0x2FA1F:
            return false
        default: break
        }
        guard !self.properties.isDefaultIgnorableCodePoint else { return false }
        return switch self.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber, .nonspacingMark,
            .spacingMark:
            true
        default: false
        }
    }

    /// Which of the alphabets that look alike the letter is of.
    fileprivate var alphabet: Int? {
        switch self.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: 0
        case 0x370...0x3FF, 0x1F00...0x1FFF: 1
        case 0x400...0x52F, 0x1C80...0x1C8F: 2
        default: nil
        }
    }
}
