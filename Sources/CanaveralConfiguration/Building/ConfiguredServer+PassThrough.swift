import GeminiServer

extension ConfiguredServer {
    /// The hosts whose connections are passed through.
    ///
    /// - Parameter listeners: none of which may be where they are passed to.
    func passThrough(
        besides listeners: [ListenerConfiguration],
        _ problems: inout [ConfigurationProblem]
    ) -> [PassThroughHost] {
        var hosts: [PassThroughHost] = []
        for host in self.configuration.hosts {
            guard let settings = host.passThrough else { continue }
            let backEnd = settings.backEnd
            if listeners.contains(where: { $0.address.isReached(at: backEnd.host, port: backEnd.port) }) {
                problems.append(
                    ConfigurationProblem(
                        "At \(backEnd) this server itself listens, so that connections would be passed to it again and again: name the address of another server.",
                        at: "\(host.title).pass-through",
                        line: host.lines["pass-through"]
                    )
                )
            }
            var passThrough = PassThroughHost(names: host.exactNames, to: backEnd, proxyHeader: settings.header)
            passThrough.wildcards = host.wildcards
            hosts.append(passThrough)
        }
        return hosts
    }
}
