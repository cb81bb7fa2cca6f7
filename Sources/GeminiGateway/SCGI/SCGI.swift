import GeminiProtocol
public import GeminiServer
import NIOCore

/// Answers with what a daemon answers by SCGI: a connection for each request, with its variables first and the upload of a
/// Titan request behind them (SC-01, SC-02).
///
/// ```swift
/// routes.mount("/wiki", .scgi(to: "127.0.0.1:4000"))
/// ```
///
/// The daemon answers with a Gemini response: a line `NN text`, the body, and the end of the connection. The line is
/// checked; the body leaves as it comes, at the pace of the client.
///
/// A daemon that cannot be connected to, that takes too long or whose answer is no response: 42. What goes wrong behind the
/// first line ends the connection without close_notify, so that the client can tell (GP-011). When a client leaves, its
/// connection to the daemon is closed.
public struct SCGI: Responder {
    private let backend: Backend

    /// - Parameters:
    ///   - address: where the daemon listens.
    ///   - options: variables and limits.
    public init(to address: BackendAddress, options: BackendOptions = BackendOptions()) {
        self.backend = Backend(address, options: options, keepsConnections: false)
    }

    public func respond(to request: Request) async throws -> Response {
        let variables = try self.backend.variables(for: request, carrier: .scgi)
        let size = request.upload?.parameters.size ?? 0
        let message = BackendMessage(
            head: ByteBuffer(bytes: SCGIHead.bytes(variables, contentLength: size)),
            upload: try request.upload?.body(upTo: self.backend.options.uploadLimit)
        )
        return try await self.backend.respond(to: request, message, reply: .plain)
    }
}

extension Responder where Self == SCGI {
    /// Answers with what a daemon answers by SCGI, as in `.scgi(to: "unix:/run/wiki.sock")`.
    public static func scgi(to address: BackendAddress, options: BackendOptions = BackendOptions()) -> SCGI {
        SCGI(to: address, options: options)
    }
}
