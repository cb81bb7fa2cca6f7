public import GeminiProtocol

/// What a server shows of itself before it is sent anything: what a ``TrustPolicy`` decides about.
public struct ServerPresentation: Sendable, Hashable {
    /// The host that was asked for.
    public var host: Host
    /// The port that was asked for (GP-171: trust is kept for host and port).
    public var port: UInt16
    /// The server's certificate first, then those that it sent along.
    public var certificates: [ServerCertificate]
    /// When it was shown.
    public var time: Timestamp

    public init(host: Host, port: UInt16, certificates: [ServerCertificate], time: Timestamp) {
        self.host = host
        self.port = port
        self.certificates = certificates
        self.time = time
    }

    /// The server's own certificate.
    public var certificate: ServerCertificate? { self.certificates.first }
}
