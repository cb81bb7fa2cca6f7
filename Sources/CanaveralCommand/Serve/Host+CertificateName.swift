import GeminiProtocol

extension Host {
    /// The host as a certificate names it: A-labels, and addresses without brackets.
    var certificateName: String {
        switch self.kind {
        case .name(let name): name.hasSuffix(".") ? String(name.dropLast()) : name
        case .ipv4(let address): address.description
        case .ipv6(let address): address.description
        }
    }
}
