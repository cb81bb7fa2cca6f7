import GeminiClient
import GeminiProtocol
import GeminiProxy
import GeminiServer
import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
import TestSupport

/// A responder that is chosen when its server runs already, mounted where a test wants it.
final class LateResponder: Responder {
    let prefix: String
    private let responder = NIOLockedValueBox<(any Responder)?>(nil)

    init(mountedAt prefix: String) {
        self.prefix = prefix
    }

    func set(_ responder: any Responder) {
        self.responder.withLockedValue { $0 = responder }
    }

    func respond(to request: Request) async throws -> Response {
        guard let responder = self.responder.withLockedValue({ $0 }),
            self.prefix.isEmpty || request.url.path == self.prefix || request.url.path.hasPrefix(self.prefix + "/")
        else { return .notFound }
        var request = request
        request.basePath = self.prefix
        return try await responder.respond(to: request)
    }
}

/// Options for an origin that anybody may be, with the log that a test reads.
func makeOptions(
    _ log: RecordingLog = RecordingLog(),
    _ change: (inout ReverseProxy.Options) -> Void = { _ in }
) -> ReverseProxy.Options {
    var options = ReverseProxy.Options()
    options.trust = TrustAnyone()
    options.logger = log.logger
    change(&options)
    return options
}

/// A front whose visitors are proxied, and whose proxy a test makes when it knows where the origin is.
func withFront<Result>(
    mountedAt prefix: String = "",
    limits: Limits = Limits(),
    _ body: (TestServer, LateResponder) async throws -> Result
) async throws -> Result {
    let responder = LateResponder(mountedAt: prefix)
    var host = try makeHost(["localhost"], responder)
    host.acceptsUploads = true
    return try await withServer(hosts: [host], limits: limits) { try await body($0, responder) }
}

/// A front and a scripted origin behind it.
func withOrigin<Result>(
    mountedAt prefix: String = "",
    base: String = "/",
    _ options: ReverseProxy.Options = makeOptions(),
    tls: ScriptedServer.TLS? = nil,
    isPlain: Bool = false,
    script: @escaping ScriptedServer.Script,
    _ body: (TestServer, ScriptedServer) async throws -> Result
) async throws -> Result {
    try await withFront(mountedAt: prefix) { front, responder in
        try await withScriptedServer(tls: tls, isPlain: isPlain, isSecond: true, script) { origin in
            responder.set(try ReverseProxy(to: "gemini://localhost:\(origin.port)\(base)", options))
            return try await body(front, origin)
        }
    }
}

/// A front, and a server of ours behind it.
func withOwnOrigin<Result>(
    mountedAt prefix: String = "",
    base: String = "/",
    _ options: ReverseProxy.Options = makeOptions(),
    limits: Limits = Limits(),
    origin responder: any Responder,
    _ body: (TestServer, RunningServer) async throws -> Result
) async throws -> Result {
    var host = try makeHost(["localhost"], responder)
    host.acceptsUploads = true
    let configuration = ServerConfiguration(addresses: [ListenAddress(host: "127.0.0.1", port: 0)], hosts: [host])
    return try await withFront(mountedAt: prefix, limits: limits) { front, late in
        let origin = try await Server(configuration).start()
        do {
            late.set(try ReverseProxy(to: "gemini://localhost:\(origin.addresses[0].port ?? 0)\(base)", options))
            let result = try await body(front, origin)
            await origin.shutDown(grace: .zero)
            return result
        } catch {
            await origin.shutDown(grace: .zero)
            throw error
        }
    }
}
