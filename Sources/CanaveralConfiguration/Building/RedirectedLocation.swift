import Canaveral
import GeminiProtocol
import GeminiServer

/// A location whose pages have moved. A path with slashes in a row or needless escapes is redirected as its plainest form is.
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
        return self.redirects.response(at: self.path(of: request), query: request.url.query) ?? .notFound
    }

    func respond(to request: Request) async throws -> Response {
        self.respondAtOnce(to: request) ?? .notFound
    }

    /// What of a request's path the redirects are for.
    private func path(of request: Request) -> String {
        switch self.place {
        case .exact: "/"
        case .prefix: request.localPath
        case .regex: LocationPath.plain(request.url.path)
        }
    }
}
