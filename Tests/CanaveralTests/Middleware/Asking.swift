import Canaveral
import GeminiProtocol
import GeminiServer
import Logging
import NIOCore
import TestSupport

/// Routes that are asked without a socket.
struct Asking: Sendable {
    let responder: any Responder
    let time: ManualTime
    let log: RecordingLog

    init(_ build: (Routes<BasicContext>) throws -> Void) throws {
        self.time = ManualTime()
        self.log = RecordingLog()
        self.responder = try Router(build).adopting(
            self.time.environment,
            store: MemoryStore(),
            logger: self.log.logger
        )
    }

    func response(
        to url: String,
        from address: String? = nil,
        certificate: ClientCertificate? = nil
    ) async throws -> Response {
        let full = url.hasPrefix("/") ? "gemini://localhost\(url)" : url
        return try await self.responder.respond(
            to: Request(
                line: try RequestLine(parsing: Array(full.utf8).span),
                remoteAddress: try address.map { try SocketAddress(ipAddress: $0, port: 1) },
                clientCertificate: certificate
            )
        )
    }

    /// The status and the body, or the meta where there is none.
    func answer(
        to url: String,
        from address: String? = nil,
        certificate: ClientCertificate? = nil
    ) async throws -> String {
        let response = try await self.response(to: url, from: address, certificate: certificate)
        guard case .bytes(let bytes) = response.body else { return response.header.description }
        return "\(response.status.code) \(String(buffer: bytes))"
    }
}
