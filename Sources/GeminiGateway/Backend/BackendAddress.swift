/// Where a daemon behind a gateway listens.
///
/// ```swift
/// let tcp: BackendAddress = "127.0.0.1:4000"
/// let local: BackendAddress = "unix:/run/wiki.sock"
/// let typed = try BackendAddress(argument)
/// ```
///
/// What the daemon is told is trusted by it, and goes there unencrypted: name this machine, or a network of your own.
public enum BackendAddress: Hashable, Sendable {
    /// An IP address, without brackets, or the name of a host, and a port.
    case tcp(host: String, port: Int)
    /// The path of a Unix socket.
    case unix(String)

    /// The longest path of a Unix socket, in bytes, that every system takes.
    static let maximumPath = 103

    /// Reads `host:port`, `[IPv6]:port`, `unix:/path`, or an absolute path.
    ///
    /// - Throws: ``BackendAddressError``.
    public init(_ text: String) throws(BackendAddressError) {
        if text.utf8.first == UInt8(ascii: "/") || text.hasPrefix("unix:") {
            let path = text.hasPrefix("unix:") ? String(text.dropFirst(5)) : text
            guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else { throw .notAPath(text) }
            guard path.utf8.count <= Self.maximumPath else { throw .pathTooLong(text) }
            self = .unix(path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0,
            text[text.index(after: colon)...].utf8.allSatisfy({ $0 != UInt8(ascii: "+") })
        else { throw .noPort(text) }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw .noBrackets(text)
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }) else {
            throw .noHost(text)
        }
        self = .tcp(host: String(host), port: Int(port))
    }
}

extension BackendAddress: CustomStringConvertible {
    /// As ``init(_:)`` reads it.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}

extension BackendAddress: ExpressibleByStringLiteral {
    /// Takes a literal in source code; one that is no address is a programming error and stops the program.
    public init(stringLiteral value: StaticString) {
        do throws(BackendAddressError) {
            self = try BackendAddress(value.description)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}
