#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that is not there under its name until it is whole, so that an earlier one outlives a download that fails.
struct PartialFile: ~Copyable {
    private let path: String
    private let descriptor: CInt

    private var partialPath: String { self.path + ".part" }

    init(_ path: String) throws(Failure) {
        self.path = path
        self.descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard self.descriptor >= 0 else {
            throw .work("\(path) cannot be written (\(Failure.systemReason)).")
        }
    }

    deinit {
        _ = close(self.descriptor)
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        if let error = Terminal.put(bytes, to: self.descriptor) {
            throw .work("\(self.path) cannot be written (\(Failure.reason(error))).")
        }
    }

    /// Gives the file its name.
    func keep() throws(Failure) {
        guard fsync(self.descriptor) == 0 || errno == EINVAL, rename(self.partialPath, self.path) == 0 else {
            throw .work("\(self.path) cannot be written (\(Failure.systemReason)).")
        }
    }

    func remove() {
        _ = unlink(self.partialPath)
    }
}
