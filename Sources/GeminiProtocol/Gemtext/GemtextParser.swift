/// Reads gemtext as it arrives, in pieces of any size, line by line.
///
/// Gemtext needs one bit between lines, whether preformatted lines were started, so that a client can show the start of
/// a document while the rest is on its way (GT-05). Every sequence of bytes is a document: there are no errors.
///
/// - Lines end with LF, with or without a CR before it; neither a CR elsewhere nor any other character of Unicode ends
///   one, the last line needs no end, and an end at the very end starts no further line (GT-06).
/// - A byte order mark at the start is dropped (GT-07).
/// - What is not UTF-8 becomes U+FFFD, as Unicode recommends: one for each longest part that could begin a character.
///   The caller decodes other character sets before.
///
/// ```swift
/// var parser = GemtextParser()
/// for try await piece in body {
///     parser.parse(piece.span) { line in view.append(line) }
/// }
/// parser.finish { line in view.append(line) }
/// ```
public struct GemtextParser: Sendable {
    /// What a reader may want different.
    public struct Options: Sendable, Hashable {
        /// Takes headings, list items and quotes for text lines, as a client may that does not show them (GT-02).
        public var coreOnly: Bool

        /// The most bytes that a line has without its end; what is more of a line is dropped. It bounds the memory that
        /// a document can take between two lines.
        public var maximumLineLength: Int

        /// Makes options.
        public init(coreOnly: Bool = false, maximumLineLength: Int = 1 << 20) {
            self.coreOnly = coreOnly
            self.maximumLineLength = maximumLineLength
        }
    }

    /// What the parser was told.
    public let options: Options

    /// Whether a line now would be a preformatted one.
    public private(set) var isPreformatted = false

    /// How many lines were longer than ``Options/maximumLineLength`` and lost their ends.
    public private(set) var truncatedLines = 0

    /// The start of the line that has no end yet: no more of it than the limit and a byte, in case that is the CR.
    private var partial: [UInt8] = []
    /// How many bytes the line that has no end yet has, those that were dropped included.
    private var partialLength = 0
    private var lastByte: UInt8 = 0
    private var isAtStart = true

    /// Makes a parser for one document.
    public init(options: Options = Options()) {
        self.options = options
    }

    /// Takes the next piece of the document and hands out the lines that it completes.
    public mutating func parse(_ piece: Span<UInt8>, _ body: (GemtextLine) -> Void) {
        var start = 0
        for index in piece.indices where piece[index] == UInt8(ascii: "\n") {
            let end = piece.extracting(start..<index)
            if self.partialLength == 0 {
                let endsWithCR = !end.isEmpty && end[end.count - 1] == UInt8(ascii: "\r")
                body(self.line(end, length: end.count, endsWithCR: endsWithCR))
            } else {
                self.keep(end)
                body(self.takePartial(endsWithCR: self.lastByte == UInt8(ascii: "\r")))
            }
            start = index + 1
        }
        self.keep(piece.extracting(start..<piece.count))
    }

    /// Takes the end of the document and hands out the last line, if that had no line end.
    ///
    /// The parser is ready for another document then.
    public mutating func finish(_ body: (GemtextLine) -> Void) {
        if self.partialLength > 0, !(self.isAtStart && self.partial == Self.byteOrderMark) {
            body(self.takePartial(endsWithCR: false))
        }
        self.partial.removeAll(keepingCapacity: true)
        self.partialLength = 0
        self.isPreformatted = false
        self.isAtStart = true
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Keeps what is needed of a part of a line.
    private mutating func keep(_ part: Span<UInt8>) {
        guard !part.isEmpty else { return }
        let room = max(0, self.options.maximumLineLength) - self.partial.count
        for index in 0..<min(part.count, room < .max ? room + 1 : room) {
            self.partial.append(part[index])
        }
        self.partialLength += part.count
        self.lastByte = part[part.count - 1]
    }

    private mutating func takePartial(endsWithCR: Bool) -> GemtextLine {
        var bytes: [UInt8] = []
        swap(&bytes, &self.partial)
        let line = self.line(bytes.span, length: self.partialLength, endsWithCR: endsWithCR)
        bytes.removeAll(keepingCapacity: true)
        swap(&bytes, &self.partial)
        self.partialLength = 0
        return line
    }

    /// Reads a line.
    ///
    /// - Parameters:
    ///   - bytes: the line without its LF, or the start of it.
    ///   - length: how long the whole line is.
    ///   - endsWithCR: whether its last byte belongs to the line end.
    private mutating func line(_ bytes: Span<UInt8>, length: Int, endsWithCR: Bool) -> GemtextLine {
        var length = endsWithCR ? length - 1 : length
        if length > max(0, self.options.maximumLineLength) {
            self.truncatedLines += 1
            length = bytes.lengthOfWholeScalars(within: max(0, self.options.maximumLineLength))
        }
        var start = 0
        if self.isAtStart {
            self.isAtStart = false
            if length >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
                start = 3
            }
        }
        let line = GemtextLine(
            parsing: bytes.extracting(start..<length),
            isPreformatted: self.isPreformatted,
            coreOnly: self.options.coreOnly
        )
        switch line {
        case .preformattedStart: self.isPreformatted = true
        case .preformattedEnd: self.isPreformatted = false
        case .text, .link, .heading, .listItem, .quote, .preformatted: break
        }
        return line
    }
}

extension Span<UInt8> {
    /// How many of the first bytes can be kept without cutting through a scalar: as many as that, or up to three fewer.
    fileprivate func lengthOfWholeScalars(within limit: Int) -> Int {
        guard limit < self.count else { return self.count }
        var end = limit
        while end > 0, limit - end < 3, self[end] & 0xC0 == 0x80 {
            end -= 1
        }
        return self[end] & 0xC0 == 0x80 ? limit : end
    }
}
