import GeminiProtocol
import GeminiServer

/// Responders that each have a part of the host's paths, and one for what is left.
struct Mounts: Responder {
    /// A path and who answers for it and for everything beneath.
    struct Mount: Sendable {
        /// In normal form, without a slash at its end; empty for the whole host.
        var path: String
        var responder: any Responder

        func covers(_ path: String) -> Bool {
            path == self.path || path.hasPrefix(self.path + "/")
        }
    }

    private let mounts: [Mount]
    private let rest: any Responder

    /// - Parameters:
    ///   - mounts: who take uploads, too. Of several that cover a path, the longest path counts.
    ///   - rest: who answers for everything else; takes no uploads.
    init(_ mounts: [Mount], rest: any Responder) {
        self.mounts = mounts.sorted { $0.path.utf8.count > $1.path.utf8.count }
        self.rest = rest
    }

    func respondAtOnce(to request: Request) -> Response? {
        self.mount(for: request) == nil && request.line.titan == nil ? self.rest.respondAtOnce(to: request) : nil
    }

    func respond(to request: Request) async throws -> Response {
        guard let mount = self.mount(for: request) else {
            guard request.line.titan == nil else {  // TI-27
                return .failure(.proxyRequestRefused, "Only gemini: URLs are served here")
            }
            return try await self.rest.respond(to: request)
        }
        var request = request
        request.basePath = mount.path
        return try await mount.responder.respond(to: request)
    }

    private func mount(for request: Request) -> Mount? {
        self.mounts.first { $0.covers(request.url.path) }
    }
}
