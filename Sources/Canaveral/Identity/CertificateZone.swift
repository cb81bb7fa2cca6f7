import GeminiProtocol
import GeminiServer

/// The paths beneath a group of routes, all of which want a certificate.
///
/// A client keeps a certificate for the address that asked for it and for what is below (GP-156), and some compare addresses
/// as plain text, so that the certificate for `/alice` also goes to `/alice-bob` (GP-157). So a zone asks at its top, with
/// a slash at its end: who comes deeper into it without a certificate is sent there first.
struct CertificateZone: Sendable {
    /// How many segments are above the paths of the zone.
    let depth: Int
    /// Whether there is a page at the top, where the question can be asked.
    let hasTop: Bool

    /// The answer in the place of a refusal.
    func answer(to context: CoreContext, refusal: Response) -> Response {
        let request = context.request
        guard refusal.status == .certificateRequired, self.hasTop, request.clientCertificate == nil,
            request.line.titan == nil, request.url.scheme == "gemini"
        else { return refusal }
        let path = request.url.path
        var depth = self.depth + context.basePath.utf8.count { $0 == UInt8(ascii: "/") }
        for index in path.utf8.indices where path.utf8[index] == UInt8(ascii: "/") {
            guard depth == 0 else {
                depth -= 1
                continue
            }
            let top = String(path[...index])
            guard top.utf8.count < path.utf8.count,
                let target = try? request.url.replacing(path: top).replacing(query: nil)
            else { break }
            return .redirect(to: target.reference)
        }
        return refusal
    }
}

/// Middleware that has to know where it stands.
protocol ZonedMiddleware<Context>: Middleware {
    func placed(in zone: CertificateZone) -> Self
}
