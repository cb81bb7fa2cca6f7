package import GeminiProtocol
package import GeminiServer
import GeminiTLS

/// The identities of a configuration's hosts, as their settings name them: hosts with the same files share one, and those
/// that the server makes by itself are made together, which for a thousand takes seconds and not minutes.
package final class HostIdentities {
    private let configuration: Configuration
    private var read: [HostSettings.Certificate: ServerIdentity] = [:]
    /// By the names; made when the first of them is asked for.
    private var made: [[String]: ServerIdentity]?

    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    package func identity(of host: HostSettings) throws -> ServerIdentity {
        switch host.certificate {
        case .files(let certificate, let key):
            if let identity = self.read[host.certificate] { return identity }
            let identity = try ServerIdentity.files(certificate: certificate, key: key)
            self.read[host.certificate] = identity
            return identity
        case .automatic:
            if self.made == nil { self.made = self.makeAll() }
            return try self.made?[host.certificateNames]
                ?? .automatic(names: host.certificateNames, directory: self.configuration.stateDirectory)
        }
    }

    /// None where one of them cannot be had: then each is asked for by itself, and says what is wrong with it.
    private func makeAll() -> [[String]: ServerIdentity] {
        let names = self.configuration.hosts.filter { $0.certificate == .automatic && $0.passThrough == nil }
            .map(\.certificateNames)
        guard let identities = try? ServerIdentity.automatic(hosts: names, directory: self.configuration.stateDirectory)
        else { return [:] }
        return Dictionary(zip(names, identities)) { first, _ in first }
    }
}

extension HostSettings {
    /// The names for its certificate.
    package var certificateNames: [String] {
        self.names.map { name in
            switch name {
            case .exact(let host): host.certificateName
            case .wildcard(let pattern): "\(pattern)"
            }
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
