import GeminiProtocol
import GeminiTLS
import NIOSSL

extension TLSContexts.Table {
    /// A context for each host, under each of its names; the first host's is for clients that ask for none of them.
    ///
    /// - Throws: what NIOSSL says of an identity that it cannot use.
    init(hosts: [VirtualHost]) throws {
        var byName: [String: NIOSSLContext] = [:]
        var fallback: NIOSSLContext?
        for host in hosts {
            let context = try ServerTLSPolicy.makeContext(identity: host.identity.current)
            if fallback == nil { fallback = context }
            for name in host.names {
                byName[name.withoutTrailingDot.description] = context
            }
        }
        guard let fallback else { throw ServerConfigurationError.noHosts }
        self.init(byName: byName, fallback: fallback)
    }
}
