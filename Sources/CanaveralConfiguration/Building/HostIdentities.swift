package import GeminiProtocol
package import GeminiServer
import GeminiTLS

/// The identities of hosts, as their settings name them.
package enum HostIdentities {
    /// - Parameter stateDirectory: where the ones are kept that the server makes by itself.
    package static func identity(of host: HostSettings, stateDirectory: String?) throws -> ServerIdentity {
        switch host.certificate {
        case .files(let certificate, let key): try .files(certificate: certificate, key: key)
        case .automatic: try .automatic(names: host.certificateNames, directory: stateDirectory)
        }
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
