/// What became of a request: a page, or what a person has to decide or to know.
///
/// ```swift
/// switch try await client.fetch(url) {
/// case .page(let page): show(page)
/// case .input(let request): try await client.fetch(request.answered(with: ask(request.prompt)))
/// case .redirect(let decision): confirm(decision.target)
/// case .certificate(let request): offerIdentities(for: request.scope)
/// case .failure(let failure): show(failure.description)
/// case .untrusted(let server): warn(server.problem)
/// }
/// ```
public enum Outcome<Content: Sendable>: Sendable {
    /// 2x: a page.
    case page(Content)
    /// 1x: the server asks for a line of text.
    case input(InputRequest)
    /// 3x that is not followed without being asked.
    case redirect(RedirectDecision)
    /// 6x: it is about the client certificate.
    case certificate(CertificateRequest)
    /// 4x and 5x: there is no page.
    case failure(Failure)
    /// The ``TrustPolicy`` said no; the server has seen nothing of the request (GP-176).
    case untrusted(UntrustedServer)

    /// The content.
    ///
    /// - Throws: every other outcome as the ``ClientError`` that tells of it.
    public func get() throws(ClientError) -> Content {
        switch self {
        case .page(let content): return content
        case .input(let request): throw .inputRequired(request)
        case .redirect(let decision): throw .redirected(decision)
        case .certificate(let request): throw .certificateRequired(request)
        case .failure(let failure): throw .failed(failure)
        case .untrusted(let server): throw .untrusted(server)
        }
    }

    func map<New>(
        _ transform: (Content) async throws(ClientError) -> New
    ) async throws(ClientError) -> Outcome<New> {
        switch self {
        case .page(let content): .page(try await transform(content))
        case .input(let request): .input(request)
        case .redirect(let decision): .redirect(decision)
        case .certificate(let request): .certificate(request)
        case .failure(let failure): .failure(failure)
        case .untrusted(let server): .untrusted(server)
        }
    }
}
