import GeminiProtocol

/// What a connection brought: a header, what is known of the server, and after a success the body as it comes.
struct ConnectionResponse: Sendable {
    var received: ReceivedResponseHeader
    var server: ServerPresentation
    var tls: TLSSession
    var body: PageBody?
}

/// Why a connection brought no header.
enum ConnectionFailure: Error {
    case failed(ClientError)
    case untrusted(TrustProblem, ServerPresentation)
}
