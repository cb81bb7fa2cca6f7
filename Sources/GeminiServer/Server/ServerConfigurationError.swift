/// What is wrong with a configuration as a whole.
public enum ServerConfigurationError: Error, Hashable, CustomStringConvertible {
    /// There is no host to serve.
    case noHosts

    public var description: String {
        switch self {
        case .noHosts: "The server has no hosts: give it at least one."
        }
    }
}
