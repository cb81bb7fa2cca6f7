import GeminiProtocol
import NIOPosix
import TestSupport

@testable import GeminiClient

/// A client for which every name is on loopback, and every server is trusted.
func makeClient(
    trust: any TrustPolicy = TestTrust(),
    identities: (any IdentityProvider)? = nil,
    configure: (inout ClientConfiguration) -> Void = { _ in }
) -> GeminiClient {
    var configuration = ClientConfiguration(trust: trust, identities: identities)
    configuration.makeResolver = { LoopbackResolver(eventLoop: $0) }
    configure(&configuration)
    return GeminiClient(configuration)
}

extension ScriptedServer {
    /// A URL of this server.
    func url(_ rest: String = "/", host: String = "localhost", scheme: String = "gemini") throws -> GeminiURL {
        try GeminiURL("\(scheme)://\(host):\(self.port)\(rest)")
    }
}

extension TestServer {
    /// A URL of this server.
    func url(_ rest: String = "/", scheme: String = "gemini") throws -> GeminiURL {
        try GeminiURL("\(scheme)://localhost:\(self.port)\(rest)")
    }
}

/// The client's error that an operation ends with; `nil` when it succeeds, or fails with another.
func error<Success>(of operation: () async throws -> Success) async -> ClientError? {
    do {
        _ = try await operation()
        return nil
    } catch {
        return error as? ClientError
    }
}

extension Outcome {
    var input: InputRequest? { if case .input(let request) = self { request } else { nil } }
    var redirect: RedirectDecision? { if case .redirect(let decision) = self { decision } else { nil } }
    var certificate: CertificateRequest? { if case .certificate(let request) = self { request } else { nil } }
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
    var untrusted: UntrustedServer? { if case .untrusted(let server) = self { server } else { nil } }
    var page: Content? { if case .page(let page) = self { page } else { nil } }
}
