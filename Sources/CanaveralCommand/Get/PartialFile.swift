#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that is not there under its name until it is whole, so that an earlier one outlives a download that fails.
///
/// A name that leads to another file through a symbolic link keeps doing so. What is no file, such as a device or a pipe,
/// is written to as it is, and never replaced.
struct PartialFile: ~Copyable {
    /// What the user called it.
    private let name: String
    private let path: String
    /// Where it is until it is whole; `nil` for what is no file.
    private let partialPath: String?
    private let descriptor: CInt

    init(_ name: String) throws(Failure) {
        var existing = stat()
        let exists = stat(name, &existing) == 0
        let isFile = !exists || existing.st_mode & S_IFMT == S_IFREG
        guard !exists || existing.st_mode & S_IFMT != S_IFDIR else {
            throw .work("\(name) is a folder: name a file in it.")
        }
        let path = exists && isFile ? Self.resolved(name) : name
        let partialPath = isFile ? path + ".part" : nil
        let flags = isFile ? O_CREAT | O_TRUNC | O_NOFOLLOW : 0
        let descriptor = open(partialPath ?? name, O_WRONLY | O_CLOEXEC | flags, 0o666)
        guard descriptor >= 0 else {
            throw .work("\(name) cannot be written (\(Failure.systemReason)).")
        }
        // Who may read the earlier file may read the new one, and nobody else.
        if exists, isFile { _ = fchmod(descriptor, existing.st_mode & 0o777) }
        self.name = name
        self.path = path
        self.partialPath = partialPath
        self.descriptor = descriptor
    }

    deinit {
        _ = close(self.descriptor)
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        if let error = Terminal.put(bytes, to: self.descriptor) {
            if error == EPIPE { throw .unread }
            throw .work("\(self.name) cannot be written (\(Failure.reason(error))).")
        }
    }

    /// Gives the file its name.
    func keep() throws(Failure) {
        guard let partialPath else { return }
        guard fsync(self.descriptor) == 0 || errno == EINVAL, rename(partialPath, self.path) == 0 else {
            throw .work("\(self.name) cannot be written (\(Failure.systemReason)).")
        }
    }

    func remove() {
        if let partialPath { _ = unlink(partialPath) }
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
