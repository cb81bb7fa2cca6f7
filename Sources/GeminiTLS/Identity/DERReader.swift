/// One element of DER: its tag, and where it and its content lie.
struct DERElement: Sendable, Hashable {
    let tag: UInt8
    /// Tag, length and content.
    let whole: Range<Int>
    let content: Range<Int>
}

/// Steps through the elements of DER one after another without looking into them and without allocating.
///
/// Laxer than a validating parser, on purpose: certificates come from anybody, and what is odd in one place should not
/// hide what is in the others. Only definite lengths and one-byte tags, which is all that X.509 uses.
struct DERReader {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    init(_ bytes: [UInt8]) {
        self.init(bytes, in: bytes.indices)
    }

    /// A reader of the elements in a range, which must lie within the bytes.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        self.position = range.lowerBound
        self.end = range.upperBound
    }

    var isAtEnd: Bool {
        self.position == self.end
    }

    /// The tag of the next element.
    var nextTag: UInt8? {
        self.position < self.end ? self.bytes[self.position] : nil
    }

    /// The next element.
    ///
    /// - Returns: `nil` at the end, and where the bytes are no element that ends within the range; the reader then
    ///   stays where it is.
    mutating func next() -> DERElement? {
        guard self.end - self.position >= 2 else { return nil }
        let tag = self.bytes[self.position]
        guard tag & 0x1F != 0x1F else { return nil }
        var cursor = self.position + 2
        var length = Int(self.bytes[self.position + 1])
        if length >= 0x80 {
            let lengthBytes = length & 0x7F
            guard (1...4).contains(lengthBytes), self.end - cursor >= lengthBytes else { return nil }
            length = self.bytes[cursor..<cursor + lengthBytes].reduce(0) { $0 << 8 | Int($1) }
            cursor += lengthBytes
        }
        guard length <= self.end - cursor else { return nil }
        let element = DERElement(tag: tag, whole: self.position..<cursor + length, content: cursor..<cursor + length)
        self.position = element.whole.upperBound
        return element
    }

    /// The next element, if it has this tag; otherwise the reader stays where it is.
    mutating func next(tagged tag: UInt8) -> DERElement? {
        self.nextTag == tag ? self.next() : nil
    }
}

/// The tags that X.509 and the private key formats use.
enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31

    /// `[number]` around elements (EXPLICIT, or IMPLICIT of something constructed).
    static func constructed(_ number: UInt8) -> UInt8 {
        0xA0 | number
    }

    /// `[number]` in place of a primitive element's own tag.
    static func primitive(_ number: UInt8) -> UInt8 {
        0x80 | number
    }
}
