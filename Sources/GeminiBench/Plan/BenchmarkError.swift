/// Why a benchmark did not begin.
public enum BenchmarkError: Error, Sendable, Hashable {
    /// The URL has another scheme than `gemini`.
    case unsupportedScheme(String)
    /// The URL is longer than the 1024 bytes that a request may have (GP-041).
    case tooLong
    /// A number makes no sense: no connections, no requests, no time.
    case invalid(String)
    /// The name has no address.
    case unknownHost(String, reason: String)
    /// The host is not this machine, and nobody said that it may be loaded.
    case notPermitted(host: String)
    /// Nothing accepts connections there.
    case unreachable(address: String, reason: String)
    /// The system gave no descriptors to wait for sockets with.
    case noDescriptors
}

extension BenchmarkError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .unsupportedScheme(let scheme):
            "A URL with the scheme '\(scheme)' cannot be loaded: give one that begins with gemini://."
        case .tooLong: "The URL is longer than the 1024 bytes that a request may have: shorten it."
        case .invalid(let what): what
        case .unknownHost(let host, let reason): "The host \(host) has no address (\(reason)): check its name."
        case .notPermitted(let host):
            "The host \(host) is not this machine: load it only with its owner's permission, and say so."
        case .unreachable(let address, let reason):
            "Nothing accepts connections at \(address) (\(reason)): start the server first."
        case .noDescriptors:
            "There are no descriptors left to wait for sockets with: raise the limit, or use fewer threads."
        }
    }
}
