import GeminiProtocol

extension ClientError: CustomStringConvertible {
    /// One sentence that names the thing and says what to do, where something can be done.
    public var description: String {
        switch self {
        case .invalidURL(let text, let error): "\"\(text)\" cannot be fetched: \(error)"
        case .unsupportedScheme(let scheme):
            "\(scheme): addresses cannot be fetched; use one that begins with gemini://, or a proxy for the scheme."
        case .invalidRequest(let error): "The address makes no request: \(error)"
        case .identityUnavailable(let reason): "The identities cannot be read: \(reason)"
        case .uploadFailed(let error): error.description
        case .hostNotFound(let host): "No address is known for \(host); check the spelling."
        case .cannotConnect(let host, let port, let reason): "\(host) cannot be reached at port \(port): \(reason)."
        case .tlsFailed(let host, let reason): "The TLS connection with \(host) failed: \(reason)."
        case .identityInClear(let host):
            "\(host) speaks TLS 1.2, in which your certificate would travel in clear, and that was not allowed."
        case .timedOut(let host, let phase): "\(host) \(phase.complaint)."
        case .connectionLost(let host, let reason): "The connection with \(host) broke: \(reason)."
        case .cancelled: "The request was cancelled."
        case .invalidHeader(let host, let error): "\(host) does not answer as a Gemini server: \(error)"
        case .bodyTooLarge(let limit): "The page is larger than \(limit) bytes, the limit that was set."
        case .invalidRedirect(let error): error.description
        case .inputRequired(let request): "\(request.url) asks for input: \(request.prompt)"
        case .redirected(let decision): decision.description
        case .certificateRequired(let request): request.description
        case .failed(let failure): failure.description
        case .untrusted(let server): server.description
        }
    }
}
