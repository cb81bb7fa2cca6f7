import GeminiServer

/// A responder that sees whole paths, wherever it is mounted.
struct AtWholePath: Responder {
    let content: any Responder

    func respondAtOnce(to request: Request) -> Response? {
        self.content.respondAtOnce(to: Self.whole(request))
    }

    func respond(to request: Request) async throws -> Response {
        try await self.content.respond(to: Self.whole(request))
    }

    private static func whole(_ request: Request) -> Request {
        var request = request
        request.basePath = ""
        return request
    }
}
