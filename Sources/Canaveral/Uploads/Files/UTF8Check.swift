/// Whether bytes that come in pieces are UTF-8 (RFC 3629 §4).
struct UTF8Check {
    /// The bytes that the character at hand still needs.
    private var missing = 0
    /// What the next byte of it may be.
    private var range: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether no character is left unfinished.
    var isComplete: Bool {
        self.missing == 0
    }

    /// - Returns: `false` once there is something that is not UTF-8.
    mutating func add(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes {
            if self.missing > 0 {
                guard self.range.contains(byte) else { return false }
                self.range = 0x80...0xBF
                self.missing -= 1
                continue
            }
            switch byte {
            case 0x00...0x7F: continue
            case 0xC2...0xDF: self.expect(1)
            case 0xE0: self.expect(2, from: 0xA0...0xBF)
            case 0xED: self.expect(2, from: 0x80...0x9F)
            case 0xE1...0xEF: self.expect(2)
            case 0xF0: self.expect(3, from: 0x90...0xBF)
            case 0xF1...0xF3: self.expect(3)
            case 0xF4: self.expect(3, from: 0x80...0x8F)
            default: return false
            }
        }
        return true
    }

    private mutating func expect(_ count: Int, from range: ClosedRange<UInt8> = 0x80...0xBF) {
        self.missing = count
        self.range = range
    }
}
