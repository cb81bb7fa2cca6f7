import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers

/// Answers with the path that was asked for, and remembers it.
final class Recorder: Responder {
    private let box = NIOLockedValueBox<[Request]>([])

    var requests: [Request] {
        self.box.withLockedValue { $0 }
    }

    var paths: [String] {
        self.requests.map { $0.url.path }
    }

    func respond(to request: Request) async throws -> Response {
        self.box.withLockedValue { $0.append(request) }
        return .text("\(request.url.path)\n")
    }
}
