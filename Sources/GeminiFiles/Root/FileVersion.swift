import GeminiProtocol

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What changes when a file does, or when another takes its place.
package struct FileVersion: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let modified: FileTime

    init(_ status: stat) {
        self.device = UInt64(truncatingIfNeeded: status.st_dev)
        self.inode = UInt64(status.st_ino)
        self.size = Int64(status.st_size)
        self.modified = FileTime(modificationOf: status)
    }

    /// The version of an open file, if the system says so.
    init?(descriptor: CInt) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Whether a change after this moment shows in the version: a second one in the same tick of the file system's
    /// clock would not.
    func isSettled(at now: Timestamp) -> Bool {
        self.modified.timestamp + .seconds(2) <= now
    }
}
