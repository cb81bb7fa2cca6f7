public import GeminiClient
public import GeminiProtocol

/// Asks servers with a `GeminiClient`.
public struct ClientFetcher: PageFetcher {
    private let client: GeminiClient

    /// - Parameter client: who asks; its limits for pages in memory count, and its redirects are not followed.
    public init(_ client: GeminiClient) {
        var configuration = client.configuration
        configuration.maximumRedirects = 0
        // The bodies that are read are kept, however they come.
        configuration.streamLimits = configuration.limits
        self.client = GeminiClient(configuration)
    }

    public func fetch(_ url: GeminiURL, wantsBody: Bool) async -> FetchAnswer {
        do {
            switch try await self.client.stream(url) {
            case .page(let stream):
                let isRead = wantsBody && stream.exchange.mediaType.isGemtext
                // A body that is let go of ends its connection.
                return .response(stream.exchange.header, body: isRead ? try await stream.collect().body : nil)
            case .input(let request): return .response(request.exchange.header, body: nil)
            case .redirect(let decision): return .response(decision.exchange.header, body: nil)
            case .certificate(let request): return .response(request.exchange.header, body: nil)
            case .failure(let failure): return .response(failure.exchange.header, body: nil)
            case .untrusted(let server): return .unreachable(reason: server.description)
            }
        } catch {
            return .unreachable(reason: "\(error)")
        }
    }
}
