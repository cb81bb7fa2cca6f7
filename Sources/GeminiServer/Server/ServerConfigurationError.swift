/// What is wrong with a configuration as a whole.
public enum ServerConfigurationError: Error, Hashable, CustomStringConvertible {
    /// There is no host to serve.
    case noHosts
    /// A name of a host that is passed through is the name of another host too.
    case nameServedTwice(String)
    /// The process may have too few files open to serve anybody.
    case tooFewDescriptors(limit: Int)

    public var description: String {
        switch self {
        case .noHosts: "The server has no hosts: give it at least one."
        case .nameServedTwice(let name):
            "\(name) is passed through to another server and served here too, or passed through twice: name it once."
        case .tooFewDescriptors(let limit):
            "This process may have only \(limit) files open, too few to serve anybody: raise the limit to 64 or more, as with 'ulimit -n'."
        }
    }
}
