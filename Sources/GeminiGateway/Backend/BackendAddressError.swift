/// Why a text is not a ``BackendAddress``. Each holds the text.
public enum BackendAddressError: Error, Hashable, Sendable {
    case noPort(String)
    case noHost(String)
    /// An IPv6 address without brackets, in which nobody can tell the port.
    case noBrackets(String)
    /// The path of a Unix socket is not absolute, or holds a NUL.
    case notAPath(String)
    /// The path of a Unix socket is longer than 103 bytes.
    case pathTooLong(String)
}

extension BackendAddressError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noPort(let text):
            "'\(text)' has no port from 1 to 65535: write it as in 127.0.0.1:4000, or unix:/run/daemon.sock for a socket."
        case .noHost(let text):
            "'\(text)' has no host that could be connected to: write it as in 127.0.0.1:4000."
        case .noBrackets(let text):
            "'\(text)' is ambiguous: write an IPv6 address in brackets, as in [::1]:4000."
        case .notAPath(let text):
            "'\(text)' is no absolute path of a socket: write it as in unix:/run/daemon.sock."
        case .pathTooLong(let text):
            "'\(text)' is too long for the path of a socket, which has at most \(BackendAddress.maximumPath) bytes."
        }
    }
}
