public import GeminiProtocol

extension GeminiClient {
    /// The rules for programs at the host and port of a URL, from its `/robots.txt`.
    ///
    /// A server without such a file restricts nothing, and neither does one that answers anything but text. One that
    /// cannot answer for now, is not trusted or cannot be reached is to be left alone for now (RB-07).
    ///
    /// - Throws: ``ClientError/cancelled``, and nothing else.
    public func robots(for url: GeminiURL) async throws(ClientError) -> RobotsRules {
        do throws(ClientError) {
            return switch try await self.fetch(url.robots) {
            case .page(let page) where page.mediaType.isText: RobotsRules(parsing: page.body.span)
            case .page, .input, .certificate, .redirect: .unrestricted
            case .failure(let failure): failure.isPermanent ? .unrestricted : .forbidden
            case .untrusted: .forbidden
            }
        } catch .cancelled {
            throw .cancelled
        } catch {
            return .forbidden
        }
    }
}

extension GeminiURL {
    /// Where the rules for programs are that bear on this URL (RB-01).
    var robots: GeminiURL {
        let authority = self.host.description + (self.port.map { ":\($0)" } ?? "")
        do {
            return try GeminiURL("gemini://\(authority)/robots.txt")
        } catch {
            preconditionFailure("An authority and a path make a URL. \(error)")
        }
    }
}
