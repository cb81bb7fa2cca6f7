import GeminiProtocol
import GeminiTLS
import NIOCore

extension GeminiClient {
    /// The proxy that requests for a URL go through.
    func proxy(for url: GeminiURL) -> ProxyServer? {
        self.configuration.proxy.flatMap { $0.schemes.contains(url.scheme) ? $0 : nil }
    }

    /// Everything that the connection for a URL needs. Nothing has been connected before this has succeeded.
    ///
    /// The identity is looked up for each URL anew, so that one host's certificate never goes to the next (GP-140,
    /// GP-158).
    func order(
        _ url: GeminiURL,
        _ inquiry: Inquiry,
        limits: ClientLimits,
        deadline: NIODeadline?
    ) async throws(ClientError) -> ConnectionOrder {
        let proxy = self.proxy(for: url)
        guard proxy != nil || url.scheme == (inquiry.titan == nil ? "gemini" : "titan"),
            url.scheme != "titan" || inquiry.titan != nil
        else { throw .unsupportedScheme(url.scheme) }
        let line: RequestLine
        do throws(RequestLineError) {
            line = try RequestLine(url, titan: inquiry.titan)
        } catch {
            throw .invalidRequest(error)
        }
        let identity = try await self.identity(for: proxy?.url ?? url.forIdentity)
        let host = proxy?.host ?? url.host
        let port = proxy?.port ?? url.effectivePort ?? GeminiURL.defaultPort
        let detour = self.configuration.detour.flatMap { $0.host == host && $0.port == port ? $0 : nil }
        do {
            return ConnectionOrder(
                host: host,
                port: port,
                line: line,
                upload: inquiry.upload,
                identity: identity,
                tls: try self.contexts.context(for: identity),
                trust: self.configuration.trust,
                confirmIdentityInClear: self.configuration.confirmIdentityInClear,
                limits: limits,
                totalDeadline: deadline,
                makeResolver: self.configuration.makeResolver,
                now: self.configuration.now,
                address: detour?.address,
                addressPort: detour?.addressPort
            )
        } catch {
            throw .tlsFailed(host, reason: error.tlsReason)
        }
    }

    private func identity(for url: GeminiURL) async throws(ClientError) -> ClientIdentity? {
        guard let identities = self.configuration.identities else { return nil }
        do {
            return try await identities.identity(for: url)
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw .identityUnavailable(reason: "\(error)")
        }
    }
}
