#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a system call failed with.
struct SystemError: Error, CustomStringConvertible {
    let errno: CInt

    var description: String {
        unsafe String(cString: strerror(self.errno))
    }
}

extension Failure {
    init(_ error: SystemError) {
        let kind: Kind =
            switch error.errno {
            case ECONNREFUSED: .refused
            case ECONNRESET, EPIPE, ECONNABORTED: .reset
            case ETIMEDOUT: .timeout
            default: .system
            }
        self.init(kind, error.description)
    }
}
