import GeminiTLS
import NIOCore

/// Why a TLS handshake did not come to its end, coarsely enough to count.
enum HandshakeFailure: String, CaseIterable {
    /// The first bytes were no TLS.
    case noTLS = "no_tls"
    /// The time was over.
    case timeout
    /// The client closed or reset the connection.
    case clientLeft = "client_left"
    /// The client said that it will not go on: most often because it knows this host by another certificate.
    case clientAlert = "client_alert"
    /// There is no version of TLS that both speak.
    case version
    /// There is no cipher suite, group or signature algorithm that both know.
    case parameters
    /// The client's certificate or its proof is broken.
    case certificate
    case other

    init(_ error: any Error) {
        if error is IOError || error is ChannelError {
            self = .clientLeft
            return
        }
        let reason = error.tlsReason
        self =
            if reason.contains("ALERT") {
                .clientAlert
            } else if ["UNSUPPORTED_PROTOCOL", "WRONG_VERSION", "VERSION_TOO_LOW"].contains(where: reason.contains) {
                .version
            } else if reason.hasPrefix("NO_SHARED") || reason.hasPrefix("NO_COMMON") || reason.hasPrefix("WRONG_CURVE")
            {
                .parameters
            } else if reason.contains("CERT") || reason.contains("SIGNATURE") {
                .certificate
            } else {
                .other
            }
    }
}
