import GeminiProtocol
import GeminiServer

/// A responder on a host that takes uploads elsewhere: it sees none, which is the host's policy (50, DA-36) and, unlike on a
/// host that takes none at all (53, TI-27), a matter of the path.
struct WithoutUploads: Responder {
    let content: any Responder

    func respondAtOnce(to request: Request) -> Response? {
        request.line.titan == nil ? self.content.respondAtOnce(to: request) : Self.refusal
    }

    func respond(to request: Request) async throws -> Response {
        request.line.titan == nil ? try await self.content.respond(to: request) : Self.refusal
    }

    private static var refusal: Response {
        .failure(.permanentFailure, "Nothing can be uploaded or edited at this path")
    }
}

/// Who answers Titan requests, beside who answers the others.
struct UploadsApart: Responder {
    let uploads: any Responder
    let content: any Responder

    func respondAtOnce(to request: Request) -> Response? {
        request.line.titan == nil ? self.content.respondAtOnce(to: request) : nil
    }

    func respond(to request: Request) async throws -> Response {
        try await (request.line.titan == nil ? self.content : self.uploads).respond(to: request)
    }
}
