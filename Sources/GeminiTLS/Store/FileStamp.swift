package import GeminiProtocol

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// What the file system says of a file, by which another one under its name, or other content, is told without reading it.
package struct FileStamp: Hashable, Sendable {
    private var device: UInt64 = 0
    private var inode: UInt64 = 0
    private var size: Int64 = 0
    private var modified: [Int] = []
    /// Also moves when the owner or the mode changes, and cannot be set back.
    private var changed: [Int] = []
    /// Why the file system says nothing, as `errno` has it.
    package private(set) var failure: CInt?

    /// What is behind a path, at the end of all links.
    package init(path: String) {
        var status = stat()
        self.init(status: stat(path, &status) == 0 ? status : nil)
    }

    /// What is open.
    package init(descriptor: CInt) {
        var status = stat()
        self.init(status: fstat(descriptor, &status) == 0 ? status : nil)
    }

    /// Whether the file has been as it is for so long that another change has to give it another stamp. The clocks of file
    /// systems tick every few milliseconds, and the number of a file that was replaced is soon used again.
    package func isSettled(at now: Timestamp) -> Bool {
        self.changed.first.map { Int64($0) + 1 < now.secondsSinceEpoch } ?? true
    }

    private init(status: stat?) {
        guard let status else {
            self.failure = errno
            return
        }
        self.device = UInt64(truncatingIfNeeded: status.st_dev)
        self.inode = UInt64(truncatingIfNeeded: status.st_ino)
        self.size = Int64(status.st_size)
        #if canImport(Darwin)
        let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
        let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        self.modified = [modified.tv_sec, modified.tv_nsec]
        self.changed = [changed.tv_sec, changed.tv_nsec]
    }
}
