import GeminiProtocol
import GeminiTLS

extension TLSContexts.Table {
    /// A context for each host, under each of its names; the default host's is for clients that ask for none of them.
    ///
    /// - Throws: what NIOSSL says of an identity that it cannot use.
    init(hosts: [VirtualHost]) throws {
        var byName = HostTable<ServerTLSContext>()
        var fallback: ServerTLSContext?
        for host in hosts {
            let context = try ServerTLSPolicy.makeContext(identity: host.identity.current)
            if fallback == nil || host.isDefault { fallback = context }
            for name in host.serverNames {
                byName.set(context, for: name)
            }
        }
        self.init(byName: byName, fallback: fallback)
    }
}
