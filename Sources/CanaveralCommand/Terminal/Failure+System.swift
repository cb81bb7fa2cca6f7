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
        String(cString: strerror(errno))
    }
}
