import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport

/// The capsule that the conformance tests ask: a home page, a page that says what the request was, and nothing else.
struct Capsule: Responder {
    static let home = "# Home\n\nA page.\n=> /echo An echo\n"

    func respond(to request: Request) async throws -> Response {
        switch request.url.path {
        case "/", "/index.gmi", "/a/b":
            return .gemtext(verbatim: Self.home)
        case "/echo", "/a+b", "/a%2Fb":
            let query = request.line.rawQuery.map { "<\($0)>" } ?? "none"
            return .text("\(request.url.path) \(request.line.rawPath) \(query)\n")
        default:
            throw NotFound()
        }
    }

    private struct NotFound: ResponseError {
        var response: Response { .notFound }
    }

    /// The names under which it is served.
    static let names = ["localhost", "café.localhost", "[::1]"]
}
