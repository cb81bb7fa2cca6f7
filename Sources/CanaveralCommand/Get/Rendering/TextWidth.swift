/// How many columns text takes in a terminal.
///
/// Terminals differ in the details; this follows Unicode's East Asian Width (UAX #11): wide and full-width characters and
/// emoji take two columns, marks that combine with what stands before them none.
extension String {
    var columns: Int {
        self.reduce(0) { $0 + $1.columns }
    }
}

extension Character {
    var columns: Int {
        // A grapheme cluster takes the room of its base; a variation selector asks for the picture.
        guard let base = self.unicodeScalars.first else { return 0 }
        if self.unicodeScalars.count > 1, self.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return base.columns
    }
}

extension Unicode.Scalar {
    fileprivate var columns: Int {
        if self.value < 0x300 { return 1 }
        switch self.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if self.properties.isEmojiPresentation { return 2 }
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
