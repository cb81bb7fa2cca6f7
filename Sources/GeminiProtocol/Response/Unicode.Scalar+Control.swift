extension Unicode.Scalar {
    /// Whether the scalar is a C0 control character (TAB, CR and LF among them), DEL or a C1 control character.
    ///
    /// The protocol's grammar has no place for one in a header (GP-075), and gemtext only for TAB (GT-74).
    var isControlCharacter: Bool {
        self.value < 0x20 || (0x7F...0x9F).contains(self.value)
    }

    /// Whether Unicode ends a line here: LF, VT, FF, CR, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR.
    ///
    /// Gemini breaks lines at LF only, but readers that split with their language's notion of a line break at all of
    /// these (DG-09), and what they take for the start of a line must not be up to a visitor.
    var isLineBreak: Bool {
        switch self.value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// U+FEFF, which is a byte order mark at the start of a text and invisible elsewhere.
    static var byteOrderMark: Unicode.Scalar { "\u{FEFF}" }
}
