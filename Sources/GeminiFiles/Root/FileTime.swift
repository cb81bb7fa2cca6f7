import GeminiProtocol

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// When a file was last changed, as finely as the file system keeps it.
struct FileTime: Hashable, Comparable, Sendable {
    private let seconds: Int64
    private let nanoseconds: Int64

    init(modificationOf status: stat) {
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        self.seconds = Int64(modified.tv_sec)
        self.nanoseconds = Int64(modified.tv_nsec)
    }

    /// The whole second.
    var timestamp: Timestamp {
        Timestamp(secondsSinceEpoch: self.seconds)
    }

    static func < (left: FileTime, right: FileTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
