/// What a ClientHello that is in one record says.
struct HelloFacts: Sendable {
    var serverName: String?
    /// Whether a session is offered, by a ticket or a pre-shared key.
    var offersSession = false

    /// `nil` for what is no ClientHello.
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 43, bytes[0] == 0x16, bytes[5] == 1 else { return nil }
        func number(_ offset: Int) -> Int { Int(bytes[offset]) << 8 | Int(bytes[offset + 1]) }
        // Record and handshake headers, version, random; then session, cipher suites, compressions.
        var offset = 5 + 4 + 2 + 32
        offset += 1 + Int(bytes[offset])
        offset += 2 + number(offset)
        offset += 1 + Int(bytes[offset])
        offset += 2
        while offset + 4 <= bytes.count {
            let (kind, length) = (number(offset), number(offset + 2))
            offset += 4
            switch kind {
            case 0: self.serverName = String(decoding: bytes[(offset + 5)..<(offset + length)], as: UTF8.self)
            case 35: self.offersSession = self.offersSession || length > 0
            case 41: self.offersSession = true
            default: break
            }
            offset += length
        }
    }
}
