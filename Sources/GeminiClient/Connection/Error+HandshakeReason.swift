import GeminiTLS
import NIOCore
import NIOSSL

extension Error {
    /// Why a handshake with a server failed, as the end of a sentence: what BoringSSL's code means, and the code.
    ///
    /// - Parameter hasBegun: whether the server has shown its certificate.
    func handshakeReason(hasBegun: Bool) -> String {
        if (self as? NIOSSLError)?.isEndOfHandshake == true {
            return hasBegun ? "the server closed the connection in the handshake" : .closedBeforeTLS
        }
        let reason = self.tlsReason
        return Self.meaning(of: reason).map { "\($0) (\(reason))" } ?? reason
    }

    private static func meaning(of code: String) -> String? {
        switch code {
        case "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "INVALID_OUTER_RECORD_TYPE":
            "what answers at this port speaks no TLS"
        case "UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION":
            "the server speaks neither TLS 1.3 nor TLS 1.2"
        case "SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSV1_ALERT_INSUFFICIENT_SECURITY":
            "the server and this client have no way in common to speak TLS, or the server demands a certificate"
        case "TLSV1_ALERT_UNRECOGNIZED_NAME", "TLSV1_UNRECOGNIZED_NAME":
            "the server does not know this host name"
        case "TLSV1_ALERT_CERTIFICATE_REQUIRED", "TLSV1_CERTIFICATE_REQUIRED":
            "the server demands a client certificate in the handshake"
        case "TLSV1_ALERT_ACCESS_DENIED", "TLSV1_ALERT_UNKNOWN_CA", "SSLV3_ALERT_BAD_CERTIFICATE",
            "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
            "SSLV3_ALERT_CERTIFICATE_REVOKED", "SSLV3_ALERT_CERTIFICATE_EXPIRED":
            "the server refuses the client"
        case "TLSV1_ALERT_INTERNAL_ERROR": "the server has failed"
        default: nil
        }
    }
}

extension String {
    /// What a connection means that ends before the server has said anything.
    static let closedBeforeTLS =
        "the server closed the connection before TLS began; it may refuse this address, or not be a Gemini server at "
        + "this port"
}
