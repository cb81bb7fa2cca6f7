import GeminiTLS

extension TLSContexts.Table {
    /// A context for each host, under each of its names; the default host's is for clients that ask for none of them.
    ///
    /// - Parameter earlier: where contexts are taken from whose certificates have not changed; sessions with them go on
    ///   being resumed.
    /// - Throws: what NIOSSL says of an identity that it cannot use.
    init(hosts: [VirtualHost], reusing earlier: TLSContexts.Table? = nil) throws {
        self.init(fallback: nil)
        for host in hosts {
            let context = try self.context(for: host.identity.current, reusing: earlier)
            if self.fallback == nil || host.isDefault { self.fallback = context }
            for name in host.serverNames {
                self.byName.set(context, for: name)
            }
        }
    }
}
