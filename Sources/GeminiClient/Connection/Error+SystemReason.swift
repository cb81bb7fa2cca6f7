import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Error {
    /// What the system says about a failed call, as the end of a sentence: `connection refused`.
    var systemReason: String {
        switch self {
        case let error as IOError: String(describingSystemError: error.errnoCode)
        case is ChannelError: "the connection was closed"
        case is SocketAddressError: "its address cannot be used"
        default: "\(self)"
        }
    }
}

extension String {
    /// What the system says about an error number, beginning with a small letter.
    init(describingSystemError number: CInt) {
        let text = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        self = text.prefix(1).lowercased() + text.dropFirst()
    }
}
