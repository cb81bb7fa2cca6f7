import NIOCore
import NIOPosix

extension Error {
    /// Why a connection could not be made, as the end of a sentence without its full stop.
    package var connectingReason: String {
        switch self as any Error {
        case let error as NIOConnectionError:
            error.connectionErrors.last?.error.connectingReason ?? "no address is known for \(error.host)"
        case ChannelError.connectTimeout: "it took too long"
        case is ChannelError: "the connection was closed"
        case let error as IOError: FileError.reason(error.errnoCode)
        default: "\(self)"
        }
    }
}
