import GeminiServer

/// A responder that looks for the whole path, though the location around it, with its policy, is only for what is beneath
/// its own.
struct WholePath: Responder {
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
