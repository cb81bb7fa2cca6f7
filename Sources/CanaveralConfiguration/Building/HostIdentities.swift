package import GeminiProtocol
package import GeminiServer
import GeminiTLS

/// The identities of hosts, as their settings name them.
package enum HostIdentities {
    /// The identities of all hosts that show one, by the hosts' titles; those that cannot be had are problems.
    ///
    /// Reads and writes files on the calling thread. Those that the server makes by itself are made together, which for a
    /// thousand takes seconds.
    ///
    /// - Parameter given: those that are there already.
    package static func all(
        of configuration: Configuration,
        besides given: [String: ServerIdentity] = [:],
        _ problems: inout [ConfigurationProblem]
    ) -> [String: ServerIdentity] {
        var identities = given
        let automatic = Self.hosts(of: configuration, besides: given).filter { $0.certificate == .automatic }
        if !automatic.isEmpty {
            Self.makeAutomatic(automatic, configuration.stateDirectory, &identities, &problems)
        }
        return Self.read(of: configuration, besides: identities, &problems)
    }

    /// The identities of those hosts whose certificates are in files, which may have to be read before a process becomes
    /// another user's.
    package static func read(
        of configuration: Configuration,
        besides given: [String: ServerIdentity] = [:],
        _ problems: inout [ConfigurationProblem]
    ) -> [String: ServerIdentity] {
        var identities = given
        for host in Self.hosts(of: configuration, besides: given) {
            guard case .files(let certificate, let key) = host.certificate else { continue }
            do {
                identities[host.title] = try .files(certificate: certificate, key: key)
            } catch {
                problems.append(
                    ConfigurationProblem("\(error)", at: "\(host.title), certificate", line: host.certificateLine)
                )
            }
        }
        return identities
    }

    /// An identity that is never shown, and kept nowhere, for hosts that are served in the clear.
    static func standIns(
        for configuration: Configuration,
        besides given: [String: ServerIdentity] = [:],
        _ problems: inout [ConfigurationProblem]
    ) -> [String: ServerIdentity] {
        do {
            let identity = ServerIdentity.fixed(
                try Identity.generate(names: ["localhost"], commonName: nil, days: Self.days, at: .now)
            )
            return self.hosts(of: configuration, besides: given).reduce(into: given) { $0[$1.title] = identity }
        } catch {
            problems.append(ConfigurationProblem("\(error)", at: "host"))
            return given
        }
    }

    private static func hosts(
        of configuration: Configuration,
        besides given: [String: ServerIdentity]
    ) -> [HostSettings] {
        configuration.hosts.filter { $0.passThrough == nil && given[$0.title] == nil }
    }

    private static func makeAutomatic(
        _ hosts: [HostSettings],
        _ stateDirectory: String?,
        _ identities: inout [String: ServerIdentity],
        _ problems: inout [ConfigurationProblem]
    ) {
        do {
            let made = try AutomaticIdentity.make(
                hosts: hosts.map(\.certificateNames),
                days: Self.days,
                directory: try Self.directory(stateDirectory)
            )
            for (host, identity) in zip(hosts, made) { identities[host.title] = .automatic(identity) }
        } catch {
            problems.append(ConfigurationProblem("\(error)", at: "\(hosts[0].title), certificate"))
        }
    }

    /// Ten years: nobody but the server itself has a use for the end.
    private static let days = 3650

    private static func directory(_ path: String?) throws -> StateDirectory {
        try path.map { StateDirectory(path: $0) } ?? StateDirectory.standard()
    }
}

extension HostSettings {
    /// The names for its certificate.
    package var certificateNames: [String] {
        self.names.map(\.certificateName)
    }
}

extension HostName {
    /// The name or the pattern as a certificate has it.
    package var certificateName: String {
        switch self {
        case .exact(let host): host.certificateName
        case .wildcard(let pattern): "\(pattern)"
        }
    }
}

extension Host {
    /// The host as a certificate names it: A-labels, and addresses without brackets.
    package var certificateName: String {
        switch self.kind {
        case .name(let name): name.hasSuffix(".") ? String(name.dropLast()) : name
        case .ipv4(let address): address.description
        case .ipv6(let address): address.description
        }
    }
}
