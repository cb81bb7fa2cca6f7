import NIOCore

/// What goes over a wire for one request: bytes, and who sends them how.
struct Call: Sendable {
    var bytes: [UInt8]
    /// The name that the client's hello asks for.
    var serverName: String?
    var identity: VisitorIdentity?
    /// The address that the client comes from.
    var origin: String?
    var faults: Faults

    /// What fits into one TLS record.
    private static let recordSize = 16 * 1024

    /// Whether the client is gone before it has read anything.
    var isAbandoned: Bool {
        !self.faults.endsInput && (self.faults.requestCut.map { $0 < self.bytes.count } ?? false)
    }

    /// The bytes that are sent, in the pieces in which they are.
    var pieces: [ByteBuffer] {
        let size = max(1, min(self.faults.pieceSize ?? Self.recordSize, Self.recordSize))
        let sent = self.bytes.prefix(max(0, self.faults.requestCut ?? self.bytes.count))
        return stride(from: 0, to: sent.count, by: size).map { start in
            ByteBuffer(bytes: sent[start..<min(start + size, sent.count)])
        }
    }
}
