#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Failure {
    /// The system's words for what went wrong last.
    static var systemReason: String {
        self.reason(errno)
    }

    /// The system's words for an error.
    static func reason(_ error: CInt) -> String {
        String(cString: strerror(error))
    }
}
