/// Bytes that are read from the front, with the line that has been come to.
struct Cursor {
    /// A place in the bytes.
    struct Mark {
        fileprivate(set) var offset = 0
        fileprivate(set) var line = 1
        fileprivate var lineStart = 0
    }

    /// Well-formed UTF-8.
    let bytes: [UInt8]
    private(set) var mark = Mark()

    /// - Throws: ``TOMLError`` at the first byte that is no UTF-8.
    init(_ bytes: [UInt8]) throws(TOMLError) {
        self.bytes = bytes
        if let offset = Self.firstIllFormed(in: bytes) {
            while self.mark.offset < offset { if !self.takeNewline() { self.advance() } }
            throw self.error("This is no UTF-8: save the file as UTF-8.")
        }
        // Text editors leave it in front of UTF-8.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self.mark.offset = 3
            self.mark.lineStart = 3
        }
    }

    var line: Int { self.mark.line }

    /// `nil` at the end.
    var next: UInt8? { self.peek() }

    func peek(_ distance: Int = 0) -> UInt8? {
        let offset = self.mark.offset + distance
        return offset < self.bytes.count ? self.bytes[offset] : nil
    }

    /// What lies between a mark and here.
    func bytes(since mark: Mark) -> ArraySlice<UInt8> {
        self.bytes[mark.offset..<self.mark.offset]
    }

    func text(since mark: Mark) -> String {
        String(decoding: self.bytes(since: mark), as: UTF8.self)
    }

    /// Goes past bytes that end no line.
    mutating func advance(_ count: Int = 1) {
        self.mark.offset += count
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard self.next == UInt8(ascii: character) else { return false }
        self.advance()
        return true
    }

    /// Goes past bytes of a kind that ends no line.
    mutating func skip(while isSkipped: (UInt8) -> Bool) {
        while let byte = self.next, isSkipped(byte) { self.advance() }
    }

    mutating func skipBlanks() {
        self.skip { $0.isBlank }
    }

    /// LF or CRLF.
    mutating func takeNewline() -> Bool {
        guard let length = self.newlineLength() else { return false }
        self.mark.offset += length
        self.mark.line += 1
        self.mark.lineStart = self.mark.offset
        return true
    }

    var isAtNewline: Bool { self.newlineLength() != nil }

    func newlineLength(after distance: Int = 0) -> Int? {
        switch self.peek(distance) {
        case UInt8(ascii: "\n"): 1
        case UInt8(ascii: "\r") where self.peek(distance + 1) == UInt8(ascii: "\n"): 2
        default: nil
        }
    }

    /// An error here, or at a mark.
    func error(_ sentence: String, at mark: Mark? = nil) -> TOMLError {
        let mark = mark ?? self.mark
        let before = self.bytes[mark.lineStart..<mark.offset]
        // As many characters as bytes that begin one.
        return TOMLError(line: mark.line, column: before.count { $0 & 0xC0 != 0x80 } + 1, sentence: sentence)
    }

    private static func firstIllFormed(in bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .valid(let scalar) = parser.parseScalar(from: &iterator) { offset += scalar.count }
        return offset
    }
}

extension UInt8 {
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// What stands in a key without quotes.
    var isBare: Bool {
        self.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
            || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }

    /// What stands as it is in neither texts nor comments; a tab does.
    var isControl: Bool { (self < 0x20 && self != UInt8(ascii: "\t")) || self == 0x7F }
}
