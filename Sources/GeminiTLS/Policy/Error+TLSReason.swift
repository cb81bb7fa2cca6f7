import NIOCore
import NIOSSL

extension Error {
    /// What went wrong in TLS, such as `UNSUPPORTED_PROTOCOL`, or a few words as the end of a sentence. An error of
    /// BoringSSL tells it only in a description that is mostly about BoringSSL's source.
    package var tlsReason: String {
        switch self {
        case let error as NIOSSLError: error.reason
        case is NIOSSLCloseTimedOutError: "the other side did not answer the end of TLS in time"
        case let error as ChannelError where error == .eof || error == .ioOnClosedChannel: "the connection was closed"
        default: String(describing: self).boringSSLReason ?? String(describing: self)
        }
    }
}

extension NIOSSLError {
    /// Whether the other side closed the connection in the handshake.
    package var isEndOfHandshake: Bool {
        guard case .handshakeFailed(.sslError(let errors)) = self else { return false }
        return errors == [.eofDuringHandshake] || errors == [.eofDuringAdditionalCertficiateChainValidation]
    }

    fileprivate var reason: String {
        if self.isEndOfHandshake { return "the other side closed the connection in the handshake" }
        return switch self {
        case .handshakeFailed(let error):
            "\(error)".boringSSLReason ?? "the handshake cannot be finished"
        case .shutdownFailed(let error):
            "\(error)".boringSSLReason ?? "the connection cannot be ended in order"
        case .uncleanShutdown: "the other side closed the connection without close_notify"
        case .noCertificateToValidate: "the other side showed no certificate"
        case .unableToValidateCertificate: "the certificate of the other side cannot be checked"
        case .failedToLoadCertificate: "the certificate cannot be read"
        case .failedToLoadPrivateKey: "the private key cannot be read"
        case .writeDuringTLSShutdown, .readInInvalidTLSState: "the connection was closed"
        default: "\(self)"
        }
    }
}

extension String {
    /// The code in a description of BoringSSL's errors.
    fileprivate var boringSSLReason: String? {
        let marker = "OPENSSL_internal:"
        guard let library = self.firstRange(of: marker) else { return nil }
        return String(self[library.upperBound...].prefix { $0 == "_" || $0.isUppercase || $0.isNumber })
    }
}
