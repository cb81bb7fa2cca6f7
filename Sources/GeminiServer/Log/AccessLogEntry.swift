public import GeminiProtocol
public import NIOCore

/// What an access log is told about one exchange.
public struct AccessLogEntry: Sendable {
    /// Where the client connected from. What of it may be written down is ``displayedAddress``.
    public var remoteAddress: SocketAddress?

    /// How much of a visitor's address may be written down: the server's ``ServerConfiguration/addressDisplay``.
    public var addressDisplay = AddressDisplay.full

    /// When the connection was accepted.
    public var acceptedAt: Timestamp

    /// The milliseconds behind ``acceptedAt``, from 0 to 999.
    public var acceptedAtMilliseconds = 0

    /// The request line as it came, without CRLF, whatever its bytes; at most 1,026 of them.
    ///
    /// The token of a Titan request is a secret: `***` stands in its place.
    public var requestLine: [UInt8]

    /// The host that the request asks for, whether or not it is served here: in its normal form, without a dot at its end.
    /// `nil` where the request line could not be read.
    public var host: Host?

    /// The port that the request asks for: the one that it names, else the one of ours that the client connected to, else
    /// that of the protocol.
    public var port: Int?

    /// What was negotiated for the connection, with the name that the client asked for in its hello.
    public var tls: TLSSession?

    /// The client's identity, if it showed one. What of it may be written down is ``displayedCertificate``.
    public var clientCertificate: ClientCertificate?

    /// The header that was sent, or `nil` if the connection ended before there was one.
    public var header: ResponseHeader?

    /// From the end of the request line to the response's header; `nil` where there was none.
    public var timeToFirstByte: Duration?

    /// From the end of the request line to the end of the exchange: the response was handed to the system, or broke off.
    public var duration: Duration?

    /// Bytes of header and body that were handed to the system to be sent.
    public var bytes = 0

    /// Whether the response was sent to its end.
    public var isComplete = false

    public init(remoteAddress: SocketAddress?, acceptedAt: Timestamp, requestLine: [UInt8]) {
        self.remoteAddress = remoteAddress
        self.acceptedAt = acceptedAt
        self.requestLine = requestLine
    }

    /// The client's address as it may be written down; `nil` where nothing may be.
    public var displayedAddress: String? {
        self.addressDisplay.text(of: self.remoteAddress, at: self.acceptedAt)
    }

    /// What stands for the client's certificate where it may be written down: its SHA-256 in small hexadecimal digits, or a
    /// token of the day. `nil` where nothing may be, and without a certificate.
    public var displayedCertificate: String? {
        self.clientCertificate.flatMap { self.addressDisplay.text(of: $0.fingerprint, at: self.acceptedAt) }
    }

    /// The meta of the header as it may be written down: that of a 61 may name the certificate that it refuses, in whose
    /// place stands how the log has it (`logged as a41450ad49c45ce3`), since a token is no fingerprint.
    public var displayedMeta: String? {
        guard let header = self.header, let meta = header.meta?.text else { return nil }
        guard header.status == .certificateNotAuthorized, self.addressDisplay != .full, let clientCertificate else {
            return meta
        }
        return meta.replacing(
            clientCertificate.fingerprint.spelled(.jetforce),
            with: self.displayedCertificate.map { "logged as \($0)" } ?? "not logged"
        )
    }

    /// Takes over what a request asks for.
    ///
    /// - Precondition: ``port`` is the one that the client connected to, where there is any.
    package mutating func note(_ line: RequestLine) {
        self.host = line.url.host.withoutTrailingDot
        self.port = line.explicitPort.map(Int.init) ?? self.port ?? line.url.effectivePort.map(Int.init)
    }
}
