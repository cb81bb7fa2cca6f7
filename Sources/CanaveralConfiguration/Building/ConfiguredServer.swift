package import Canaveral
import GeminiGateway
package import GeminiProtocol
package import GeminiServer
import GeminiTLS
package import Logging

/// Makes a server of a configuration, or finds out why there cannot be one: `canaveral check` and a reload do the same as a
/// start, and differ in what becomes of the result.
package struct ConfiguredServer {
    package var configuration: Configuration
    /// The configuration's own file, which is not shown to anybody.
    package var file: String?
    package var software: String
    package var logger: Logger
    /// Told of requests that go on after 44; kept over reloads, so that a reload forgives nobody.
    package var offenders: RepeatOffenders
    /// The identities of hosts, by the hosts' titles, that are there already; others are read or made.
    package var identities: [String: ServerIdentity]
    /// The titles of hosts whose certificates are none, which is told already.
    var keyless: Set<String> = []
    /// The sockets that systemd has opened under a name.
    package var inheritedSockets: (String) throws -> [CInt] = { throw MissingSocket(name: $0) }

    package init(
        _ configuration: Configuration,
        software: String,
        logger: Logger,
        offenders: RepeatOffenders,
        identities: [String: ServerIdentity] = [:]
    ) {
        self.configuration = configuration
        self.software = software
        self.logger = logger
        self.offenders = offenders
        self.identities = identities
    }

    /// The server's hosts and limits. Logs are the caller's: they are kept over reloads.
    ///
    /// - Throws: ``InvalidConfiguration`` with everything that is in the way.
    package func make() throws(InvalidConfiguration) -> ServerConfiguration {
        var problems: [ConfigurationProblem] = []
        let gateway = self.gateway(&problems)
        let authorities = self.configuration.policy.authorities(of: "", self.configuration.lines, &problems)
        let identities =
            self.configuration.isInClear
            ? HostIdentities.standIns(for: self.configuration, besides: self.identities, &problems)
            : HostIdentities.all(of: self.configuration, besides: self.identities, &problems)
        let keyless = self.configuration.hosts.map(\.title).filter { identities[$0] == nil }
        let exposures = Exposures(self.configuration, file: self.file, besides: self.keyless.union(keyless))
        problems += exposures.problems().filter { $0.severity == .error }
        let withheld = exposures.withheld
        var hosts: [VirtualHost] = []
        let limiter =
            self.configuration.policy.rateLimits.isEmpty ? nil : RateLimiter(self.configuration.policy.rateLimits)
        for host in self.configuration.hosts where host.passThrough == nil {
            let builder = HostBuilder(
                server: self,
                host: host,
                gateway: gateway,
                serverLimiter: limiter,
                serverAuthorities: authorities,
                withheld: withheld
            )
            if let made = builder.make(identity: identities[host.title], &problems) { hosts.append(made) }
        }
        let listeners = self.listeners(&problems)
        let passThrough = self.passThrough(besides: listeners, &problems)
        guard !problems.contains(where: { $0.severity == .error }) else {
            throw InvalidConfiguration(file: nil, problems: problems)
        }
        var server = ServerConfiguration(hosts: hosts)
        server.listeners = listeners
        server.passThrough = passThrough
        server.limits = self.configuration.limits.limits
        server.grace = self.configuration.limits.grace
        server.reusesPort = self.configuration.reusesPort
        server.admission = self.configuration.usesRateLimits ? self.offenders : nil
        server.allowsServerNameMismatch = self.configuration.allowsNameMismatch
        server.addressDisplay = self.configuration.log.addresses
        server.logger = self.logger
        return server
    }

    /// What programs are told about the server.
    private func gateway(_ problems: inout [ConfigurationProblem]) -> GatewayServer {
        var gateway = GatewayServer(software: self.software)
        guard !self.configuration.clientAuthorities.isEmpty else { return gateway }
        let key = Configuration.Keys.clientAuthorities.name
        let authorities = ClientAuthorities(
            reading: self.configuration.clientAuthorities,
            for: key,
            line: self.configuration.lines[key],
            &problems
        )
        gateway.authorizes = authorities.vouch(for:)
        return gateway
    }
}

extension HostSettings {
    /// Its names that are no patterns.
    package var exactNames: [Host] {
        self.names.compactMap { if case .exact(let host) = $0 { host } else { nil } }
    }

    package var wildcards: [HostPattern] {
        self.names.compactMap { if case .wildcard(let pattern) = $0 { pattern } else { nil } }
    }
}

extension Configuration {
    /// Whether anybody may be answered 44.
    package var usesRateLimits: Bool {
        !self.policy.rateLimits.isEmpty
            || self.hosts.contains { host in
                !host.policy.rateLimits.isEmpty || host.locations.contains { !$0.policy.rateLimits.isEmpty }
            }
    }
}
