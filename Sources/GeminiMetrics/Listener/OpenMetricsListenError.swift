import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Why metrics cannot be shown at an address, as one sentence that says what to do.
public struct OpenMetricsListenError: Error, Hashable, CustomStringConvertible {
    /// The address that was asked for.
    public var host: String
    public var port: Int
    private let reason: String

    init(host: String, port: Int, reason: String) {
        self.host = host
        self.port = port
        self.reason = reason
    }

    init(host: String, port: Int, _ error: any Error) {
        let reason: String
        if let error = error as? IOError {
            reason = unsafe String(cString: strerror(error.errnoCode))
        } else {
            reason = "\(host) is neither an IP address nor a name that this machine can resolve"
        }
        self.init(host: host, port: port, reason: reason)
    }

    public var description: String {
        let address = self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
        return "Metrics cannot be shown at \(address) (\(self.reason)): choose another address or port."
    }
}
