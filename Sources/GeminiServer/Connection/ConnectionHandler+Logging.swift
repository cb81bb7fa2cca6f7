import GeminiProtocol
import GeminiTLS
import Logging
import NIOCore
import NIOSSL

extension ConnectionHandler {
    var logMetadata: Logger.Metadata {
        self.shared.addressDisplay.metadata(of: self.remoteAddress)
    }

    /// Says why a connection ends that has not come to the end of its handshake.
    func logUnfinishedHandshake() {
        guard case .handshaking = self.machine.state else { return }
        let reason: Logger.Message =
            if self.awaitsProxyHeader {
                "The proxy left before the end of its header."
            } else {
                switch self.handshake?.refusal {
                case .notTLS: "The client speaks no TLS."
                case .noHost: "There is no host \(self.serverName ?? "without a name") here."
                case nil: "The client left before the end of the TLS handshake."
                }
            }
        self.shared.logger.debug(reason, metadata: self.logMetadata)
        self.countFailedHandshake(HandshakeFailure(self.handshake?.refusal))
    }

    /// Counts a handshake that has come to its end.
    func countHandshake() {
        guard let version = self.handshake.flatMap({ TLSSession($0) })?.version else { return }
        self.shared.metrics.handshakeCompleted(version)
    }

    /// Counts a handshake that comes to no end; what a proxy leaves out before it is none.
    func countFailedHandshake(_ reason: HandshakeFailure) {
        guard !self.awaitsProxyHeader else { return }
        self.shared.metrics.handshakeFailed(reason)
    }

    /// Says what a connection ends for the lack of.
    func logLateness() {
        let reason: Logger.Message =
            if self.awaitsProxyHeader {
                "No PROXY header in time."
            } else if let handshake = self.handshake, handshake.tls == nil {
                "No TLS handshake in time."
            } else {
                "No request in time."
            }
        self.shared.logger.debug(reason, metadata: self.logMetadata)
    }

    /// Begins what the access log is told, at the end of the request line.
    ///
    /// - Parameters:
    ///   - received: the line as it came.
    ///   - line: what it asks for, if it could be read.
    func makeAccessLogEntry(received: [UInt8], asking line: RequestLine?) -> AccessLogEntry {
        self.requestedAt = .now()
        var entry = AccessLogEntry(
            remoteAddress: self.remoteAddress,
            acceptedAt: self.acceptedAt.timestamp,
            requestLine: TitanToken.masked(received)
        )
        entry.acceptedAtMilliseconds = self.acceptedAt.milliseconds
        entry.addressDisplay = self.shared.addressDisplay
        entry.port = self.localAddress?.port
        if let line { entry.note(line) }
        entry.tls = self.handshake.flatMap { TLSSession($0) }
        entry.clientCertificate = self.handshake?.tls.flatMap { tls in
            tls.peerCertificate.flatMap { ClientCertificate($0, chain: tls.peerValidatedCertificateChain) }
        }
        return entry
    }

    /// Notes the header that is about to be sent.
    func noteHeader(_ header: ResponseHeader) {
        let time = self.sinceRequest
        self.exchange?.header = header
        self.exchange?.timeToFirstByte = time
        self.shared.metrics.responded(header.status, after: time)
    }

    private var sinceRequest: Duration {
        .nanoseconds((NIODeadline.now() - self.requestedAt).nanoseconds)
    }

    /// Tells the access log about the exchange: once, when it is over one way or the other.
    func writeAccessLog(complete: Bool) {
        guard var entry = self.exchange else { return }
        self.exchange = nil
        entry.isComplete = complete
        let time = self.sinceRequest
        entry.duration = time
        if self.passThrough == nil { self.shared.metrics.ended(complete: complete, after: time) }
        self.accessLog?.record(entry)
    }
}
