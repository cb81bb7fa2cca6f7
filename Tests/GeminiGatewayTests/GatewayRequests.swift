import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore

/// A request as a server makes it.
func gatewayRequest(
    _ line: String,
    basePath: String = "",
    from address: String = "10.10.0.2",
    certificate: ClientCertificate? = nil
) throws -> Request {
    let bytes = Array(line.utf8)
    let parsed = try RequestLine(parsing: bytes.span)
    var request = Request(
        line: parsed,
        remoteAddress: try SocketAddress(ipAddress: address, port: 51922),
        localAddress: try SocketAddress(ipAddress: "10.10.0.1", port: 1966),
        tls: TLSSession(version: .v1_3, cipherSuite: CipherSuite(code: 0x1302), serverName: "example.org"),
        clientCertificate: certificate,
        upload: parsed.titan?.parameters.map { Upload(parameters: $0, chunks: NoChunks()) }
    )
    request.basePath = basePath
    return request
}

/// An upload that nobody reads.
struct NoChunks: AsyncSequence, AsyncIteratorProtocol, Sendable {
    func makeAsyncIterator() -> NoChunks { self }

    mutating func next() async -> ByteBuffer? { nil }
}
