extension Meta {
    /// Makes a meta of any text by changing what has no place in one; `nil` when nothing is left.
    ///
    /// For messages and prompts, where a changed text is better than none. An address or a media type that was
    /// changed would mean something else: use ``init(_:)`` for those.
    ///
    /// - Line breaks (a CRLF is one) and TAB become a space, every other control character becomes U+FFFD, so that
    ///   it is seen that something was there (GP-075).
    /// - Spaces at both ends and byte order marks at the start are dropped.
    /// - What is over 1024 bytes is cut off, at the boundary of a character (GP-076).
    public init?(sanitizing text: some StringProtocol) {
        let text = String(text).singleLine.trimmed.prefix(utf8Count: Self.maximumLength)
        guard !text.isEmpty else { return nil }
        self.init(unchecked: text)
    }
}

extension String {
    /// Whether there is nothing but visible ASCII and spaces in the text, so that it needs no closer look.
    private var isVisibleASCII: Bool {
        self.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// The text without line breaks and control characters: a space for each line break and TAB, U+FFFD for others.
    var singleLine: String {
        guard !self.isVisibleASCII,
            self.unicodeScalars.contains(where: { $0.isControlCharacter || $0.isLineBreak })
        else { return self }
        var line = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in self.unicodeScalars {
            if scalar.isLineBreak || scalar == "\t" {
                if !(previous == "\r" && scalar == "\n") {
                    line.append(" ")
                }
            } else {
                line.append(scalar.isControlCharacter ? "\u{FFFD}" : scalar)
            }
            previous = scalar
        }
        return String(line)
    }

    /// The text with a space for each TAB and U+FFFD for each other control character.
    var withoutControlCharacters: String {
        guard !self.isVisibleASCII, self.unicodeScalars.contains(where: \.isControlCharacter) else { return self }
        var text = String.UnicodeScalarView()
        for scalar in self.unicodeScalars {
            text.append(scalar == "\t" ? " " : scalar.isControlCharacter ? "\u{FFFD}" : scalar)
        }
        return String(text)
    }

    /// The text without spaces and byte order marks at its start.
    var withoutLeadingSpace: String {
        guard let first = self.unicodeScalars.first, first == " " || first == .byteOrderMark else { return self }
        return String(self.unicodeScalars.drop { $0 == " " || $0 == .byteOrderMark })
    }

    /// The text without spaces at its ends, and without byte order marks at its start.
    var trimmed: String {
        let text = self.withoutLeadingSpace
        guard text.unicodeScalars.last == " " else { return text }
        guard let last = text.unicodeScalars.lastIndex(where: { $0 != " " }) else { return "" }
        return String(text.unicodeScalars[...last])
    }

    /// As many whole characters from the start as fit in the given number of bytes.
    ///
    /// Of a single character that is longer than that (a letter under hundreds of accents) as many scalars as fit.
    func prefix(utf8Count limit: Int) -> String {
        guard self.utf8.count > limit else { return self }
        let cut = self.utf8.index(self.utf8.startIndex, offsetBy: limit)
        var end = self.startIndex
        while end < cut {
            let next = self.index(after: end)
            guard next <= cut else { break }
            end = next
        }
        if end == self.startIndex {
            while end < cut {
                let next = self.unicodeScalars.index(after: end)
                guard next <= cut else { break }
                end = next
            }
        }
        return String(self[..<end])
    }
}
