import GeminiClient
import GeminiProtocol
import GeminiProxy
import GeminiServer

/// Another server that answers.
extension LocationBuilder {
    func options(_ settings: ProxySettings, _ problems: inout [ConfigurationProblem]) -> ReverseProxy.Options {
        func report(_ error: any Error, at key: String) {
            problems.append(
                ConfigurationProblem(
                    "\(error)",
                    at: "\(self.title), proxy.\(key)",
                    line: settings.lines[key] ?? self.location.answerLine
                )
            )
        }
        var options = ReverseProxy.Options()
        options.name = settings.name
        do {
            options.trust = try self.trust(settings)
        } catch {
            report(
                error,
                at: (settings.trust == .authority ? ProxySettings.Keys.authority.name : ProxySettings.Keys.trust.name)
            )
        }
        if let certificate = settings.certificate {
            do {
                options.identity = try ClientIdentity(certificatePath: certificate, keyPath: settings.key)
            } catch {
                report(error, at: ProxySettings.Keys.certificate.name)
            }
        }
        options.proxyHeader = settings.header
        options.limits.connectTimeout = settings.connectTimeout
        options.limits.headerTimeout = settings.headerTimeout
        options.limits.stallTimeout = settings.stallTimeout
        options.maximumConnections = settings.connections
        options.passesCertificateRequests = settings.passesCertificateRequests
        options.logger = self.server.logger
        return options
    }

    private func trust(_ settings: ProxySettings) throws -> (any TrustPolicy)? {
        switch settings.trust {
        case .firstUse:
            return self.server.configuration.stateDirectory
                .map { TrustOnFirstUse(KnownHosts(path: $0 + "/known_hosts")) }
        case .pinned:
            let host =
                switch settings.name {
                case .named(let host): host
                case .origin, .visitor: settings.url.host
                }
            let port = settings.url.effectivePort ?? GeminiURL.defaultPort
            // Where visitors choose the name, any of the host's may be asked for.
            let names = settings.name == .visitor ? self.host.host.exactNames + [host] : [host]
            let pins = names.flatMap { name in
                settings.fingerprints.map { Pin(host: name, port: port, fingerprint: $0) }
            }
            return PinnedTrust(pins)
        case .authority:
            // Without one, which is told already, nobody is trusted.
            return AuthorityTrust(try settings.authority.map(TrustRoots.init(path:)) ?? TrustRoots([]))
        case .system:
            return AuthorityTrust(try .system())
        case .anyone:
            return TrustAnyone()
        }
    }
}
