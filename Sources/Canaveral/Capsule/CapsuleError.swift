public import GeminiProtocol

/// Why a capsule cannot be made as it was described.
public enum CapsuleError: Error, Sendable, Hashable, CustomStringConvertible {
    case hostName(String, reason: HostError)
    /// Two hosts go by one name.
    case sharedName(Host)
    case noHosts

    public var description: String {
        switch self {
        case .hostName(let name, _): "'\(name)' is no host name, such as example.org."
        case .sharedName(let host): "Two hosts go by the name \(host): give it to one of them."
        case .noHosts: "A capsule needs a host."
        }
    }
}
