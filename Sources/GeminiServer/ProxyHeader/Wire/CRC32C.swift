/// The checksum of Castagnoli (RFC 3720 §B.4), by which a PROXY header of the second version may vouch for itself.
///
/// Bit by bit: a header is a hundred bytes, once a connection, which is not worth a table.
struct CRC32C {
    private var state: UInt32 = .max

    mutating func update(_ byte: UInt8) {
        self.state ^= UInt32(byte)
        for _ in 0..<8 {
            self.state = self.state >> 1 ^ (self.state & 1 == 1 ? 0x82F6_3B78 : 0)
        }
    }

    var checksum: UInt32 { ~self.state }
}
