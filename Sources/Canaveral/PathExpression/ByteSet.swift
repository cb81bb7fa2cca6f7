/// A set of the bytes that one place of a path may hold.
struct ByteSet: Sendable, Hashable {
    /// Which of the first 64 ASCII characters.
    private var low: UInt64 = 0
    /// Which of the others.
    private var high: UInt64 = 0
    /// Whether it has what is no ASCII, of which encoded paths hold nothing.
    private var hasOthers = false

    init() {}

    init(_ bytes: ClosedRange<UInt8>...) {
        for range in bytes { self.insert(range) }
    }

    static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
    static let lowercase = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
    static let uppercase = ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    static let letters = Self.lowercase.union(.uppercase)
    static let words = Self.letters.union(.digits).union(ByteSet(UInt8(ascii: "_")...UInt8(ascii: "_")))
    static let space = ByteSet(0x09...0x0D, 0x20...0x20)
    static let all = ByteSet().inverted
    /// What encoded paths have, each but the percent sign for itself.
    static let paths = "-.~!$&'()*+,;=:@/%".utf8.reduce(into: Self.words) { $0.insert($1...$1) }

    /// The sets that have a name between `[:` and `:]`.
    static let named: [String: ByteSet] = [
        "alpha": .letters, "digit": .digits, "alnum": .letters.union(.digits), "lower": .lowercase, "upper": .uppercase,
        "word": .words, "space": .space,
        "xdigit": ByteSet(
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F")
        ),
        "punct": ByteSet(0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E),
    ]

    func contains(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<64: (self.low >> UInt64(byte)) & 1 == 1
        case 64..<128: (self.high >> UInt64(byte - 64)) & 1 == 1
        default: self.hasOthers
        }
    }

    /// - Parameter range: of ASCII.
    mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range {
            if byte < 64 { self.low |= 1 << UInt64(byte) } else { self.high |= 1 << UInt64(byte - 64) }
        }
    }

    func union(_ other: ByteSet) -> ByteSet {
        var union = self
        union.low |= other.low
        union.high |= other.high
        union.hasOthers = union.hasOthers || other.hasOthers
        return union
    }

    var inverted: ByteSet {
        var set = self
        set.low = ~set.low
        set.high = ~set.high
        set.hasOthers.toggle()
        return set
    }

    /// With each letter in capitals and small.
    var caseless: ByteSet {
        let mask = Self.uppercase.high
        var set = self
        set.high |= (set.high & mask) << 32 | ((set.high >> 32) & mask)
        return set
    }
}
