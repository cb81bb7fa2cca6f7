#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The threads of this process.
enum Threads {
    /// How many there are, or `nil` where nothing says so.
    static func count() -> Int? {
        var status = stat()
        // Each has a folder there, which is a link to this one; two more are its own.
        guard stat("/proc/self/task", &status) == 0 else { return nil }
        return Int(status.st_nlink) - 2
    }
}
