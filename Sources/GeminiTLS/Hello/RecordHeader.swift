/// The five bytes before each TLS record (RFC 8446 §5.1), as far as they can stand before a handshake.
struct RecordHeader {
    static let size = 5

    /// Bytes of payload after the header, 1 to 16,384.
    var length: Int

    /// The header at `offset`, or `nil` where there are too few bytes or they are no handshake record.
    static func read(_ bytes: Span<UInt8>, at offset: Int) -> RecordHeader? {
        guard bytes.count >= offset + Self.size, bytes[offset] == 22, bytes[offset + 1] == 3 else { return nil }
        let length = Int(bytes[offset + 3]) << 8 | Int(bytes[offset + 4])
        return (1...16_384).contains(length) ? RecordHeader(length: length) : nil
    }

    /// Whether more bytes could make these the header of a handshake record.
    static func isPossiblePrefix(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count < Self.size else { return false }
        return (bytes.count < 1 || bytes[0] == 22) && (bytes.count < 2 || bytes[1] == 3)
    }
}

/// The four bytes before each handshake message (RFC 8446 §4).
struct HandshakeHeader {
    static let size = 4

    var isClientHello: Bool
    var length: Int

    /// The header at `offset`, where the whole of it stands within the record that begins there and has arrived.
    static func read(_ bytes: Span<UInt8>, at offset: Int, in record: RecordHeader) -> HandshakeHeader? {
        guard record.length >= Self.size, bytes.count >= offset + Self.size else { return nil }
        let length = Int(bytes[offset + 1]) << 16 | Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3])
        return HandshakeHeader(isClientHello: bytes[offset] == 1, length: length)
    }

    /// Whether the bytes after the first record header could still become the header of a ClientHello.
    static func isPossiblePrefix(_ bytes: Span<UInt8>) -> Bool {
        bytes.count <= RecordHeader.size || bytes[RecordHeader.size] == 1
    }
}
