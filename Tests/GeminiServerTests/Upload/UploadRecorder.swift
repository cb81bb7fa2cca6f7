import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport

/// Takes uploads, and remembers what came and what went wrong.
final class UploadRecorder: Responder {
    struct State {
        var requests: [Request] = []
        var bodies: [String] = []
        var pieces = 0
        var taken = 0
        var errors: [any Error] = []
        var wasCancelled = false
    }

    private let box = NIOLockedValueBox(State())
    private let limit: Int?
    /// Passed before each piece is asked for.
    private let gate: Gate?

    init(limit: Int? = nil, gate: Gate? = nil) {
        self.limit = limit
        self.gate = gate
    }

    var state: State { self.box.withLockedValue { $0 } }
    var errors: [UploadError] { self.state.errors.compactMap { $0 as? UploadError } }

    func respond(to request: Request) async throws -> Response {
        self.box.withLockedValue { $0.requests.append(request) }
        guard let upload = request.upload else { return .gemtext("page\n") }
        do {
            var body = ByteBuffer()
            var iterator = try upload.body(upTo: self.limit).makeAsyncIterator()
            while true {
                try await self.gate?.wait()
                guard let piece = try await iterator.next() else { break }
                self.box.withLockedValue { state in
                    state.pieces += 1
                    state.taken += piece.readableBytes
                }
                if body.readableBytes < 1 << 20 { body.writeImmutableBuffer(piece) }
            }
            let text = String(buffer: body)
            self.box.withLockedValue { $0.bodies.append(text) }
            return .text("\(self.state.taken) bytes\n")
        } catch {
            self.box.withLockedValue { state in
                state.errors.append(error)
                state.wasCancelled = Task.isCancelled
            }
            throw error
        }
    }
}

/// Runs a server whose only host takes uploads.
func withUploads<Result>(
    _ responder: any Responder,
    limits: Limits = Limits(),
    configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (TestServer) async throws -> Result
) async throws -> Result {
    var host = try makeHost(["localhost"], responder)
    host.acceptsUploads = true
    return try await withServer(hosts: [host], limits: limits, configure: configure, body)
}
