import GeminiProtocol

extension ProxyServer {
    /// The proxy as a server of its own, for which it gets an identity and trust.
    var url: GeminiURL {
        do {
            return try GeminiURL("gemini://\(self.host):\(self.port)/")
        } catch {
            preconditionFailure("A host and a port make a URL. \(error)")
        }
    }
}
