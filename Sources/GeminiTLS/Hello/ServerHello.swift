/// The cipher suite that our own TLS library chose, read off the ServerHello that it sends.
///
/// NIOSSL has no accessor for it, and the first record of a server is in the clear in TLS 1.2 and 1.3 alike. A
/// HelloRetryRequest has the same layout and names the same suite as the ServerHello after it (RFC 8446 §4.1.4).
package enum ServerHello {
    /// - Parameter bytes: the first bytes that the server side of a handshake writes.
    /// - Returns: the suite's code point, or `nil` where the bytes begin with anything else, such as an alert.
    package static func cipherSuite(in bytes: Span<UInt8>) -> UInt16? {
        let randomEnd = RecordHeader.size + HandshakeHeader.size + 2 + 32
        guard RecordHeader.read(bytes, at: 0) != nil, bytes.count > randomEnd, bytes[RecordHeader.size] == 2
        else { return nil }
        let suite = randomEnd + 1 + Int(bytes[randomEnd])  // behind the echoed session identifier
        guard bytes.count >= suite + 2 else { return nil }
        return UInt16(bytes[suite]) << 8 | UInt16(bytes[suite + 1])
    }
}
