#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The system's words for an error number.
func systemReason(_ errno: CInt) -> String {
    String(cString: strerror(errno))
}
