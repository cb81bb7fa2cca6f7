import Canaveral
import GeminiProtocol
import GeminiServer

/// A location at which a folder of files is, which without its slash is redirected to itself with one. It stands behind the
/// location's policy, so that who is not let in does not learn of the folder.
struct FolderWithSlash: Responder {
    let content: any Responder

    func respondAtOnce(to request: Request) -> Response? {
        Self.redirect(for: request) ?? self.content.respondAtOnce(to: request)
    }

    func respond(to request: Request) async throws -> Response {
        if let redirect = Self.redirect(for: request) { return redirect }
        return try await self.content.respond(to: request)
    }

    /// The redirect of a request for the path that the location is mounted at, as that is written.
    fileprivate static func redirect(for request: Request) -> Response? {
        let path = request.url.path
        guard path.utf8.count == request.basePath.utf8.count, path.utf8.last != UInt8(ascii: "/"),
            request.line.titan == nil, let target = try? request.url.replacing(path: path + "/")
        else { return nil }
        return .redirect(to: target.reference, permanent: true)
    }
}

/// Sends those without a certificate to a folder's path with its slash, where they are asked for one: without the slash the
/// certificate would go to all paths that begin alike (GP-157). It tells them no more than the question would.
struct AskedWithSlash: Gatekeeper {
    typealias Context = BasicContext

    func refusal(of context: BasicContext) -> Response? {
        context.core.request.clientCertificate == nil ? FolderWithSlash.redirect(for: context.core.request) : nil
    }
}
