import GeminiProtocol
import GeminiTLS
import NIOCore

extension GeminiClient {
    /// Sends a request and returns with the header of whatever the answer is: no redirect is followed, and no status is an
    /// error. Trust and limits for streams are the configuration's; its identities and its proxy are left out.
    ///
    /// Cancellation closes the connection, whatever its state.
    package func relay(_ request: RelayedRequest) async throws(ClientError) -> RelayedResponse {
        let limits = self.configuration.streamLimits
        let order: ConnectionOrder
        do {
            order = ConnectionOrder(
                host: request.host,
                port: request.port,
                line: request.line,
                upload: request.upload,
                identity: request.identity,
                tls: try self.contexts.context(for: request.identity),
                trust: self.configuration.trust,
                confirmIdentityInClear: self.configuration.confirmIdentityInClear,
                limits: limits,
                totalDeadline: limits.totalTimeout.map { NIODeadline.now() + TimeAmount($0) },
                makeResolver: self.configuration.makeResolver,
                now: self.configuration.now,
                address: request.address,
                preamble: request.preamble,
                connected: request.connected
            )
        } catch {
            throw .tlsFailed(request.host, reason: error.tlsReason)
        }
        switch await order.respond(on: self.configuration.eventLoopGroup.next()) {
        case .success(let response):
            return RelayedResponse(header: response.received.header, body: response.body)
        case .failure(.failed(let error)):
            throw error
        case .failure(.untrusted(let problem, let presentation)):
            throw .untrusted(
                UntrustedServer(
                    problem: problem,
                    presentation: presentation,
                    requestedURL: request.line.url,
                    url: request.line.url,
                    redirects: [],
                    proxy: nil
                )
            )
        }
    }
}
