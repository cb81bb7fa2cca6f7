/// A reason why a service manager cannot be told anything, as one sentence.
package enum ServiceNotifierError: Error, Hashable, CustomStringConvertible {
    /// The address is of a kind that this program does not know.
    case unknownAddress(String)
    /// The system refused the socket.
    case unreachable(String, errno: CInt)
    /// The time of the watchdog is no number of microseconds.
    case badWatchdogTime(String)

    package var description: String {
        switch self {
        case .unknownAddress(let address):
            "NOTIFY_SOCKET=\(address) is neither an absolute path nor @ and a name: the service manager is told nothing."
        case .unreachable(let address, let errno):
            "The service manager cannot be reached at NOTIFY_SOCKET=\(address): \(systemReason(errno))."
        case .badWatchdogTime(let text):
            "WATCHDOG_USEC=\(text) is no number of microseconds: set WatchdogSec= of the unit."
        }
    }
}
