import GeminiClient
import GeminiProtocol
import GeminiServer
import Logging

extension ReverseProxy {
    /// What can go wrong with an origin. The log is told of each by itself, once a minute: visitors decide how many requests
    /// come to nothing, and not how many lines.
    enum Fault: Hashable, Sendable {
        case loop, unreachable, untrusted, redirect, certificate

        init(_ error: ClientError) {
            if case .untrusted = error { self = .untrusted } else { self = .unreachable }
        }
    }

    /// - Parameter reason: a sentence.
    func failure(_ fault: Fault, _ reason: String, of request: Request) -> Response {
        self.tell(fault, reason, of: request)
        return .failure(.proxyError, Self.unreachable)
    }

    func tell(_ fault: Fault, _ reason: String, of request: Request) {
        guard let count = self.throttle.count(fault) else { return }
        let place = "\(request.host)\(request.basePath)/"
        self.options.logger.warning(
            count == 1
                ? "A request for \(place) could not be proxied: \(reason)"
                : "\(count) requests could not be proxied since the last such line, the most recent for \(place): \(reason)"
        )
    }

    /// What went wrong, and what to do where an origin has another key than the one that is known.
    func reason(_ error: ClientError) -> String {
        guard case .untrusted(let server) = error, case .changed = server.problem, let path = self.knownHostsPath else {
            return error.description
        }
        let origin = "\(server.presentation.host):\(server.presentation.port)"
        return error.description
            + " If its key was changed on purpose, 'canaveral known-hosts forget \(origin) --known-hosts \(path)'"
            + " has the new one trusted from the next request on."
    }
}
