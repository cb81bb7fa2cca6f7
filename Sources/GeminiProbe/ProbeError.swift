/// Why a connection could not be made or used.
package enum ProbeError: Error, Sendable, Hashable {
    /// The resolver knows no address of the host.
    case unresolvable(host: String, reason: String)
    /// TCP did not connect.
    case unreachable(reason: String)
    /// Nothing came until the deadline, or nothing was taken.
    case silence
    /// The server sent FIN where more had to come.
    case finished
    /// The server sent RST.
    case reset
    /// The server ended TLS with an alert.
    case alert(TLSAlert)
    /// What the server sent is not TLS as it should be; the library's words for it.
    case tls(reason: String)
    /// The settings cannot be used, such as a key that is none.
    case settings(reason: String)
}

extension ProbeError: CustomStringConvertible {
    /// What happened, to stand behind a colon.
    package var description: String {
        switch self {
        case .unresolvable(let host, let reason): "the name \(host) cannot be resolved (\(reason))"
        case .unreachable(let reason): reason
        case .silence: "nothing came in time"
        case .finished: "the server closed the connection"
        case .reset: "the server reset the connection"
        case .alert(let alert): "the server sent the TLS alert \(alert)"
        case .tls(let reason): "TLS failed (\(reason))"
        case .settings(let reason): "the TLS settings cannot be used (\(reason))"
        }
    }
}
