/// What is wrong with a configuration as a whole.
public enum ServerConfigurationError: Error, Hashable, CustomStringConvertible {
    /// There is no host to serve.
    case noHosts
    /// The process may have too few files open to serve anybody.
    case tooFewDescriptors(limit: Int)

    public var description: String {
        switch self {
        case .noHosts: "The server has no hosts: give it at least one."
        case .tooFewDescriptors(let limit):
            "This process may have only \(limit) files open, too few to serve anybody: raise the limit to 64 or more, as with 'ulimit -n'."
        }
    }
}
