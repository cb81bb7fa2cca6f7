/// What becomes of the colours in a text: of the sequences of ECMA-48 that select a rendition, `ESC [ ... m`, which some
/// clients show in preformatted blocks.
///
/// ```swift
/// Preformatted(art, alt: "A rocket", colours: visitor.likesColours ? .kept : .removed)
/// ```
public enum ANSIColours: Sendable, Hashable {
    /// They are what other control characters are: U+FFFD stands for each ESC.
    case replaced
    /// They are there as they are. All other control characters become U+FFFD, so that a text can change colours and
    /// nothing else.
    case kept
    /// They are left out.
    case removed
}

extension ANSIColours {
    /// Cuts a line into what is text and what are sequences.
    ///
    /// - Parameter body: gets each piece, and whether it is a sequence.
    static func forEachPiece(of line: GemtextText, _ body: (Range<Int>, Bool) -> Void) {
        var start = line.range.lowerBound
        var index = start
        while index < line.range.upperBound {
            guard let end = Self.endOfSequence(line, at: index) else {
                index += 1
                continue
            }
            body(start..<index, false)
            body(index..<end, true)
            start = end
            index = end
        }
        body(start..<line.range.upperBound, false)
    }

    private static func endOfSequence(_ line: GemtextText, at index: Int) -> Int? {
        let rest = line.bytes[index...]
        guard rest.starts(with: [0x1B, UInt8(ascii: "[")]) else { return nil }
        let parameters = rest.dropFirst(2).prefix { (UInt8(ascii: "0")...UInt8(ascii: ";")).contains($0) }
        guard parameters.endIndex < rest.endIndex, rest[parameters.endIndex] == UInt8(ascii: "m") else { return nil }
        return parameters.endIndex + 1
    }
}
