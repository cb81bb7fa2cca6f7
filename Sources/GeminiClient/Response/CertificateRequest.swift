public import GeminiProtocol

/// 60, 61 and 62: the server asks for a client certificate, or refuses the one it was shown.
///
/// The client does nothing about it: making a certificate, or choosing one, is for a person (GP-155). When that is done,
/// and the ``IdentityProvider`` knows of it, the same request is made again; without, it would only fail again (GP-154).
public struct CertificateRequest: Sendable {
    /// What is the matter.
    public enum Reason: Sendable, Hashable {
        /// 60: a certificate is needed.
        case required
        /// 61: the certificate is good, and not allowed here.
        case notAuthorized
        /// 62: the certificate itself is bad, having expired for example.
        case notValid
    }

    public let exchange: Exchange
    public let reason: Reason

    init(_ exchange: Exchange) {
        self.exchange = exchange
        self.reason =
            switch exchange.header.status.equivalent {
            case .certificateNotAuthorized: .notAuthorized
            case .certificateNotValid: .notValid
            default: .required
            }
    }

    /// What was asked for.
    public var url: GeminiURL { self.exchange.url }

    /// What the server says, to be shown to the person (GP-094).
    public var serverMessage: String? { self.exchange.header.meta?.text }

    /// The identity that the server was shown.
    public var identity: ClientIdentity? { self.exchange.identity }

    /// Where a new certificate may be used without asking again: host, port and path of this URL and everything below
    /// the path, and nothing else (GP-156). Of a proxy it is the proxy itself, since that is who gets to see it.
    public var scope: GeminiURL {
        if let proxy = self.exchange.proxy {
            return proxy.url
        }
        return self.exchange.url.identityScope
    }
}

extension CertificateRequest: CustomStringConvertible {
    /// One sentence, and what the server says.
    public var description: String {
        let sentence =
            switch self.reason {
            case .required: "\(self.url) needs a client certificate."
            case .notAuthorized: "Your certificate is not allowed at \(self.url)."
            case .notValid: "\(self.url) does not accept your certificate as valid."
            }
        guard let message = self.serverMessage else { return sentence }
        return "\(sentence) The server says: \(message)"
    }
}
