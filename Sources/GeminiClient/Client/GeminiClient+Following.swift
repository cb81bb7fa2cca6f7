import GeminiProtocol
import NIOCore

extension GeminiClient {
    /// Asks, follows redirects, and makes an outcome of the answer that they end in.
    func follow(_ inquiry: Inquiry, limits: ClientLimits) async throws(ClientError) -> Outcome<PageStream> {
        let limit = inquiry.followsRedirects ? self.configuration.maximumRedirects : 0
        var chain = RedirectChain(inquiry.url, limit: limit)
        let deadline = limits.totalTimeout.map { NIODeadline.now() + TimeAmount($0) }
        while true {
            self.configuration.redirectTrail?.follow(chain.redirects)
            let order = try await self.order(chain.url, inquiry, limits: limits, deadline: deadline)
            let response: ConnectionResponse
            switch await order.respond(on: self.configuration.eventLoopGroup.next()) {
            case .success(let success):
                response = success
            case .failure(.failed(let error)):
                throw error
            case .failure(.untrusted(let problem, let presentation)):
                return .untrusted(
                    UntrustedServer(
                        problem: problem,
                        presentation: presentation,
                        requestedURL: inquiry.url,
                        url: chain.url,
                        redirects: chain.redirects,
                        proxy: self.proxy(for: chain.url)
                    )
                )
            }
            let exchange = self.exchange(response, inquiry, chain, order)
            guard exchange.header.status.group == .redirect, let target = exchange.header.meta?.text else {
                return self.outcome(exchange, response.body)
            }
            if let decision = try self.redirect(to: target, exchange, inquiry, &chain) {
                return .redirect(decision)
            }
        }
    }

    /// Follows a redirect, or says why not.
    private func redirect(
        to target: String,
        _ exchange: Exchange,
        _ inquiry: Inquiry,
        _ chain: inout RedirectChain
    ) throws(ClientError) -> RedirectDecision? {
        do throws(RedirectError) {
            guard inquiry.followsRedirects else {
                return RedirectDecision(exchange: exchange, reason: .afterUpload, target: try chain.resolve(target))
            }
            let isPermanent = exchange.header.status.equivalent == .permanentRedirect
            return switch try chain.redirect(to: target, isPermanent: isPermanent) {
            case .follow: nil
            case .otherScheme(let target): RedirectDecision(exchange: exchange, reason: .otherScheme, target: target)
            case .tooMany(let target): RedirectDecision(exchange: exchange, reason: .tooMany, target: target)
            }
        } catch {
            throw .invalidRedirect(error)
        }
    }

    private func outcome(_ exchange: Exchange, _ body: PageBody?) -> Outcome<PageStream> {
        if let body {
            return .page(PageStream(exchange: exchange, body: body))
        }
        return switch exchange.header.status.group {
        case .input: .input(InputRequest(exchange))
        case .clientCertificate: .certificate(CertificateRequest(exchange))
        case .success, .redirect, .temporaryFailure, .permanentFailure: .failure(Failure(exchange: exchange))
        }
    }

    private func exchange(
        _ response: ConnectionResponse,
        _ inquiry: Inquiry,
        _ chain: RedirectChain,
        _ order: ConnectionOrder
    ) -> Exchange {
        Exchange(
            requestedURL: inquiry.url,
            url: chain.url,
            redirects: chain.redirects,
            header: response.received.header,
            deviations: response.received.deviations,
            server: response.server,
            tls: response.tls,
            identity: order.identity,
            proxy: self.proxy(for: chain.url)
        )
    }
}
