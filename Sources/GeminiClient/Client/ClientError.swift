public import GeminiProtocol

/// Why a request brought no page.
///
/// The first group of cases tells of what stopped the exchange; the second of what the server answered instead of a page,
/// which ``GeminiClient/fetch(_:)`` returns as an ``Outcome`` and only ``GeminiClient/page(at:)-(GeminiURL)`` throws.
public enum ClientError: Error, Sendable {
    /// The text is no URL that a request could be made of, userinfo included (GP-021). Nothing was connected.
    case invalidURL(String, URIError)
    /// The scheme is none of ours, and no proxy takes it. Nothing was connected.
    case unsupportedScheme(String)
    /// The URL makes no request, being over 1,024 bytes for example (GP-041). Nothing was connected.
    case invalidRequest(RequestLineError)
    /// The identities could not be read.
    case identityUnavailable(reason: String)
    /// The content of an upload could not be read, or is not as long as was said.
    case uploadFailed(UploadContentError)

    /// No address is known for the name.
    case hostNotFound(Host)
    /// None of the host's addresses accepted a connection.
    case cannotConnect(Host, port: UInt16, reason: String)
    /// TLS failed; a server that demands a certificate in the handshake is one such failure.
    case tlsFailed(Host, reason: String)
    /// The client certificate would have travelled in clear, which was not allowed (GP-008).
    case identityInClear(Host)
    /// A time limit was over.
    case timedOut(Host, ConnectionPhase)
    /// The connection broke.
    case connectionLost(Host, reason: String)
    /// The task was cancelled.
    case cancelled

    /// What the server sent is no response (GP-079, GP-083, GP-084).
    case invalidHeader(Host, ResponseHeaderError)
    /// The body is larger than ``ClientLimits/maximumBodySize``.
    case bodyTooLarge(limit: Int)
    /// The server redirected to where no request can go (GP-141).
    case invalidRedirect(RedirectError)

    /// The server asks for input.
    case inputRequired(InputRequest)
    /// The server redirected to where the client does not go by itself.
    case redirected(RedirectDecision)
    /// The server asks for a client certificate, or refuses the one it was shown.
    case certificateRequired(CertificateRequest)
    /// The server has no page.
    case failed(Failure)
    /// The server is not the one that it says it is, or nobody knows.
    case untrusted(UntrustedServer)
}
