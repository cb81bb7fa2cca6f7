/// How many columns text takes in a terminal.
///
/// Terminals differ in the details; this follows Unicode's East Asian Width (UAX #11): wide and full-width characters and
/// emoji take two columns, marks that combine with what stands before them none. In doubt it is the larger number, since
/// a line that is too long is worse than one that is short.
extension String {
    var columns: Int {
        self.reduce(0) { $0 + $1.columns }
    }

    /// As much of the text as takes no more columns than that.
    func prefix(columns limit: Int) -> Substring {
        var used = 0
        return self.prefix { character in
            used += character.columns
            return used <= limit
        }
    }
}

extension Character {
    var columns: Int {
        let scalars = self.unicodeScalars
        // Emoji take the room of one picture, however many they are made of; a variation selector asks for a picture.
        if scalars.contains(where: { $0.properties.isEmojiPresentation || $0 == "\u{FE0F}" }) { return 2 }
        return scalars.reduce(0) { $0 + $1.columns }
    }

    /// Whether a line may be broken on both sides, as between the characters of Chinese and Japanese.
    var isWide: Bool { self.columns == 2 }
}

extension Unicode.Scalar {
    fileprivate var columns: Int {
        if self.value < 0x300 { return 1 }
        switch self.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        // The vowels and finals of a syllable of Hangul stand in the room of its first letter.
        if (0x1160...0x11FF).contains(self.value) { return 0 }
        return Self.wide.contains { $0.contains(self.value) } ? 2 : 1
    }

    /// The blocks of wide characters, from UAX #11.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // Hangul initials
        0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,  // CJK
        0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,  // Yi, Hangul
        0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,  // compatibility and full-width forms
        0x1B000...0x1B16F, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
    ]
}
