#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that is not there under its name until it is whole, so that an earlier one outlives a download that fails.
///
/// What is there under the name and is no file, such as `/dev/null` or a FIFO, is written to and stays what it is. Of a
/// symbolic link the target is replaced.
struct PartialFile: ~Copyable {
    /// Where the bytes are until the file is whole.
    private struct Place {
        let descriptor: CInt
        /// The file that is written, and replaced in the end.
        let target: String
        /// `nil` where the bytes go to the target at once.
        let partialPath: String?
    }

    private let path: String
    private let place: Place

    init(_ path: String) throws(Failure) {
        var status = stat()
        guard stat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR else {
            throw .work("\(path) is a folder: name a file in it.")
        }
        let place = Self.place(for: path)
        guard place.descriptor >= 0 else { throw Self.unwritable(path) }
        self.path = path
        self.place = place
    }

    private static func place(for path: String) -> Place {
        var status = stat()
        let exists = stat(path, &status) == 0
        guard !exists || status.st_mode & S_IFMT == S_IFREG else {
            return Place(descriptor: open(path, O_WRONLY | O_CLOEXEC), target: path, partialPath: nil)
        }
        let target = exists ? self.resolved(path) : path
        // A name that nobody else has: what is there already, be it a link, is nobody's to overwrite.
        var template = Array("\(target).XXXXXX.part".utf8CString)
        let descriptor = mkstemps(&template, CInt(".part".utf8.count))
        if descriptor >= 0 {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fchmod(descriptor, exists ? status.st_mode & 0o777 : 0o666 & ~self.creationMask)
        }
        let partialPath = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        return Place(descriptor: descriptor, target: target, partialPath: partialPath)
    }

    deinit {
        _ = close(self.place.descriptor)
    }

    func write(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        if let error = Terminal.put(bytes, to: self.place.descriptor) {
            if error == EPIPE { throw .unread }
            throw .work("\(self.path) cannot be written (\(Failure.reason(error))).")
        }
    }

    /// Gives the file its name.
    func keep() throws(Failure) {
        guard let partialPath = self.place.partialPath else { return }
        guard fsync(self.place.descriptor) == 0 || errno == EINVAL, rename(partialPath, self.place.target) == 0 else {
            throw Self.unwritable(self.path)
        }
    }

    func remove() {
        if let partialPath = self.place.partialPath { _ = unlink(partialPath) }
    }

    private static func unwritable(_ path: String) -> Failure {
        .work("\(path) cannot be written (\(Failure.systemReason)).")
    }

    /// Where a path leads to.
    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The permissions that new files are not to have, which can only be read by setting them.
    private static var creationMask: mode_t {
        let mask = umask(0o077)
        umask(mask)
        return mask
    }
}
