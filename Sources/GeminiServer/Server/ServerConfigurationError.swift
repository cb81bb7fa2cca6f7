/// What is wrong with a configuration as a whole.
public enum ServerConfigurationError: Error, Hashable, CustomStringConvertible {
    /// There is no host to serve.
    case noHosts
    /// Two hosts, served here or passed through, have a name or a pattern in common.
    case nameServedTwice(String)
    /// More than one host says that its certificate is the default; the first name of each.
    case severalDefaultHosts([String])
    /// The server that is to take it over has been told to stop.
    case serverStopped
    /// The process may have too few files open to serve anybody.
    case tooFewDescriptors(limit: Int)

    public var description: String {
        switch self {
        case .noHosts: "The server has no hosts: give it at least one."
        case .nameServedTwice(let name):
            "\(name) is the name of two hosts, served here or passed through: leave it to one of them."
        case .severalDefaultHosts(let names):
            "\(names.joined(separator: " and ")) are all the default host: choose one of them."
        case .serverStopped: "The server was told to stop, and takes no other configuration: start another one."
        case .tooFewDescriptors(let limit):
            "This process may have only \(limit) files open, too few to serve anybody: raise the limit to 64 or more, as with 'ulimit -n'."
        }
    }
}
