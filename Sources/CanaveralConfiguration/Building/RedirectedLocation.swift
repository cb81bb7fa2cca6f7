import Canaveral
import GeminiProtocol
import GeminiServer

/// A location whose pages have moved. It goes by the spelling of a path by which the location was found: one with slashes
/// in a row or needless escapes is redirected as its plain one is.
struct RedirectedLocation: Responder {
    private let redirects: Redirects<BasicContext>
    private let place: LocationSettings.Place

    /// - Parameter target: with `**` at its end for what is beneath a path, or with `$1` for what a group found.
    init(_ place: LocationSettings.Place, to target: String, permanent: Bool) throws(RedirectError) {
        self.place = place
        switch place {
        case .exact, .prefix:
            self.redirects = try .redirects(["/**": target], permanent: permanent)
        case .regex(let pattern):
            self.redirects = try .redirects(matching: pattern, to: target, permanent: permanent)
        }
    }

    func respondAtOnce(to request: Request) -> Response? {
        guard request.line.titan == nil else { return .notFound }
        for path in self.paths(of: request) {
            if let response = self.redirects.response(at: path, query: request.url.query) { return response }
        }
        return .notFound
    }

    func respond(to request: Request) async throws -> Response {
        self.respondAtOnce(to: request) ?? .notFound
    }

    /// What of a request's path the redirects are for, in the order in which it is tried.
    private func paths(of request: Request) -> [String] {
        switch self.place {
        case .exact: ["/"]
        case .prefix: [request.localPath]
        case .regex: LocationPath.spellings(of: request.url.path)
        }
    }
}
