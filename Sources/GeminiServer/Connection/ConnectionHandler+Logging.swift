import GeminiProtocol
import GeminiTLS
import Logging
import NIOCore

extension ConnectionHandler {
    var logMetadata: Logger.Metadata {
        self.remoteAddress.map { ["gemini.remote-address": "\($0)"] } ?? [:]
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

    func makeAccessLogEntry(received: [UInt8]) -> AccessLogEntry {
        AccessLogEntry(
            remoteAddress: self.remoteAddress,
            acceptedAt: self.acceptedAt,
            requestLine: received
        )
    }

    /// Tells the access log about the exchange: once, when it is over one way or the other.
    func writeAccessLog(complete: Bool) {
        guard var entry = self.exchange else { return }
        self.exchange = nil
        entry.isComplete = complete
        self.accessLog?.record(entry)
    }
}
