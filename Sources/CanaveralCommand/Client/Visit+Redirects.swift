import GeminiClient
import GeminiProtocol

/// Where a request has come to when it fails.
extension Visit {
    /// The sentence of an error, with the URL that failed and the one that led there.
    func sentence(for error: ClientError, at url: GeminiURL) -> String {
        let sentence = "\(error)"
        guard let last = self.client.configuration.redirectTrail?.redirects.last else { return sentence }
        switch error {
        // Names the page by itself.
        case .invalidRedirect, .cancelled: return sentence
        default: break
        }
        let end = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
        return "\(end) (\(last.target), redirected from \(url)\(self.detourRemark(for: last.target)))."
    }

    /// What an answer is about.
    func subject(of exchange: Exchange, at url: GeminiURL) -> String {
        guard !exchange.redirects.isEmpty else { return "\(url)" }
        return "\(exchange.url) (redirected from \(url)\(self.detourRemark(for: exchange.url)))"
    }

    private func detourRemark(for url: GeminiURL) -> String {
        guard let detour = self.client.configuration.detour,
            detour.host != url.host || detour.port != url.effectivePort ?? GeminiURL.defaultPort
        else { return "" }
        return "; --connect holds for the first host only"
    }
}
