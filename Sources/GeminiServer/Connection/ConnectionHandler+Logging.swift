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
        self.shared.logger.debug(
            self.handshake.refused
                ? "The client speaks no TLS." : "The client left before the end of the TLS handshake.",
            metadata: self.logMetadata
        )
        self.shared.metrics.handshakeFailed(self.handshake.refused ? .noTLS : .clientLeft)
    }

    /// Counts a handshake that has come to its end.
    func countHandshake() {
        guard let version = TLSSession(self.handshake)?.version else { return }
        self.shared.metrics.handshakeCompleted(version)
    }

    /// Begins what the access log is told, at the end of the request line.
    func makeAccessLogEntry(received: [UInt8]) -> AccessLogEntry {
        self.requestedAt = .now()
        var entry = AccessLogEntry(
            remoteAddress: self.remoteAddress,
            acceptedAt: self.acceptedAt.timestamp,
            requestLine: received
        )
        entry.acceptedAtMilliseconds = self.acceptedAt.milliseconds
        entry.addressDisplay = self.shared.addressDisplay
        // The channel has kept its addresses; its context would ask the system for them.
        entry.port = self.context?.channel.localAddress?.port
        entry.tls = TLSSession(self.handshake)
        entry.clientCertificate = self.handshake.tls.flatMap { tls in
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
