/// A reason why sockets of a service manager cannot be used, as one sentence that says what to do.
package enum InheritedSocketsError: Error, Hashable, CustomStringConvertible {
    /// LISTEN_FDS is no number.
    case badCount(String)
    /// There are not as many names as sockets.
    case badNames(count: Int, names: Int)
    /// There is no such descriptor.
    case missing(descriptor: CInt)
    /// The descriptor is something else than a socket that listens for connections.
    case notListening(name: String, descriptor: CInt)
    /// No socket has the name.
    case unknownName(String, known: [String])

    package var description: String {
        switch self {
        case .badCount(let text):
            "LISTEN_FDS=\(text) is no number of sockets: let systemd set it."
        case .badNames(let count, let names):
            "LISTEN_FDNAMES has \(names) names for \(count) sockets: let systemd set it."
        case .missing(let descriptor):
            "LISTEN_FDS counts descriptor \(descriptor), which is not open: let systemd set it."
        case .notListening(let name, let descriptor):
            "The socket \(name) (descriptor \(descriptor)) does not listen for connections: its unit needs ListenStream= and Accept=no."
        case .unknownName(let name, let known) where known.isEmpty:
            "systemd:\(name): systemd handed over no socket: start the service by a socket unit with FileDescriptorName=\(name)."
        case .unknownName(let name, let known):
            "systemd:\(name): systemd handed over \(known.joined(separator: ", ")) only: set FileDescriptorName=\(name) in the socket unit."
        }
    }
}
