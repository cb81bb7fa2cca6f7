public import GeminiProtocol
public import GeminiServer

/// Why a capsule cannot be made as it was described.
public enum CapsuleError: Error, Sendable, Hashable, CustomStringConvertible {
    case hostName(String, reason: HostError)
    /// An alias begins with a star, and is no pattern such as `*.example.org`.
    case hostPattern(HostPatternError)
    /// Two hosts go by one name.
    case sharedName(Host)
    /// Two hosts go by one pattern.
    case sharedPattern(HostPattern)
    case noHosts

    public var description: String {
        switch self {
        case .hostName(let name, _): "'\(name)' is no host name, such as example.org."
        case .hostPattern(let error): error.description
        case .sharedPattern(let pattern): "Two hosts go by the pattern \(pattern): give it to one of them."
        case .sharedName(let host): "Two hosts go by the name \(host): give it to one of them."
        case .noHosts: "A capsule needs a host."
        }
    }
}
