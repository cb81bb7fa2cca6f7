package import GeminiProtocol
import GeminiTLS

/// The hosts of a server by name, and the judgement on which of them, if any, a request is for.
package struct VirtualHosts: Sendable {
    private let hosts: [VirtualHost]
    private let indices: HostTable<Int>
    /// Who answers requests that are for none of the hosts.
    private let proxy: (any Responder)?
    private let allowsServerNameMismatch: Bool

    /// - Throws: ``ServerConfigurationError`` where two hosts have a name in common, or are both the default.
    package init(
        _ hosts: [VirtualHost],
        proxy: (any Responder)? = nil,
        allowsServerNameMismatch: Bool = false
    ) throws(ServerConfigurationError) {
        self.hosts = hosts
        self.proxy = proxy
        self.allowsServerNameMismatch = allowsServerNameMismatch
        var indices = HostTable<Int>()
        for (index, host) in hosts.enumerated() {
            for name in host.serverNames {
                if let other = indices.set(index, for: name), other != index { throw .nameServedTwice(name) }
            }
        }
        self.indices = indices
        let defaults = hosts.filter(\.isDefault)
        if defaults.count > 1 { throw .severalDefaultHosts(defaults.map { $0.serverNames.first ?? "" }) }
    }

    package enum Judgement: Sendable {
        /// For one of the hosts, or for the proxy.
        case serve(any Responder, for: VirtualHost?)
        case refuse(Response)
    }

    /// Decides a well-formed request in the order in which a server can: is it ours at all, and is it sane?
    ///
    /// - Parameters:
    ///   - serverName: the name in the client's hello.
    ///   - port: the port that the client connected to; `nil` where there is none to know, as over a Unix socket.
    package func judge(_ line: RequestLine, serverName: String?, port: Int?) -> Judgement {
        let isTitan = line.titan != nil
        guard isTitan || line.url.scheme == "gemini" else {  // GP-057
            return self.foreign("Only gemini: URLs are served here")
        }
        guard let index = self.indices[line.url.host.withoutTrailingDot.description] else {  // GP-055
            return self.foreign("\(line.url.host) is not served here")
        }
        // GP-056. A URL without a port is taken whatever port we listen on: tunnels and containers map ports (DA-13).
        if let asked = line.explicitPort, let port, Int(asked) != port {
            return self.foreign("Port \(asked) is not served here")
        }
        if isTitan, !self.hosts[index].acceptsUploads {  // TI-27
            return .refuse(.failure(.proxyRequestRefused, "Nothing can be uploaded or edited on this host"))
        }
        // DA-14: a client that asks for one of our hosts over a connection to another has mixed something up.
        if let serverName, !self.allowsServerNameMismatch, let named = self.indices[serverName], named != index {
            return .refuse(.failure(.proxyRequestRefused, "The connection was made for \(serverName)"))
        }
        if line.climbsAboveRoot {  // DA-01
            return .refuse(.notFound)
        }
        return .serve(self.hosts[index].responder, for: self.hosts[index])
    }

    /// A request that is not for us: the proxy's, if there is one.
    private func foreign(_ refusal: @autoclosure () -> String) -> Judgement {
        if let proxy = self.proxy { return .serve(proxy, for: nil) }
        return .refuse(.failure(.proxyRequestRefused, refusal()))
    }
}
