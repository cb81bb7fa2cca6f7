import GeminiProtocol
import Logging
import NIOCore

extension ConnectionHandler {
    var logMetadata: Logger.Metadata {
        ["gemini.remote-address": "\(self.context?.remoteAddress.map(String.init(describing:)) ?? "unknown")"]
    }

    func makeAccessLogEntry(received: [UInt8]) -> AccessLogEntry {
        AccessLogEntry(
            remoteAddress: self.context?.remoteAddress,
            acceptedAt: self.acceptedAt,
            requestLine: received
        )
    }

    /// Tells the access log about the exchange: once, when it is over one way or the other.
    func writeAccessLog(complete: Bool) {
        guard var entry = self.exchange else { return }
        self.exchange = nil
        entry.isComplete = complete
        self.shared.accessLog?.record(entry)
    }
}
