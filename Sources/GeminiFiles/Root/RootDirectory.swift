import CLinux
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A folder, and the opening of files beneath it that no path and no symbolic link leads out of.
///
/// What is checked is what is opened, never a string: on Linux the kernel resolves the path within the folder
/// (openat2 with `RESOLVE_BENEATH`); elsewhere each step is taken from the descriptor of the one before. Any thread.
final class RootDirectory: Sendable {
    /// How paths are resolved.
    enum Resolution {
        /// By the kernel; falls back to the walk on a kernel that cannot (before Linux 5.6).
        case kernel
        /// Component by component.
        case walk
    }

    let path: String
    let descriptor: CInt
    private let resolution: Resolution

    /// - Throws: `FileError` if there is no such folder, or it cannot be read.
    init(path: String, resolution: Resolution = .kernel) throws(FileError) {
        self.path = path
        self.descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard self.descriptor >= 0 else {
            throw FileError(path: path, errno: errno)
        }
        self.resolution = resolution
    }

    deinit {
        _ = close(self.descriptor)
    }

    /// Opens what stands at a relative path for reading, without ever waiting for the other end of a FIFO or a device.
    ///
    /// - Parameters:
    ///   - path: components separated by single slashes; none of them empty, `.` or `..`. The empty path is the folder
    ///     itself.
    ///   - waits: whether the thread may wait for a disk.
    func entry(at path: RelativePath, waits: Bool) -> Entry {
        let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        switch self.resolution {
        case .walk:
            guard waits else { return .wouldWait }
            return self.inspect(self.walk(path, flags: flags))
        case .kernel:
            var resolve = UInt64(CLINUX_RESOLVE_BENEATH | CLINUX_RESOLVE_NO_MAGICLINKS)
            if !waits { resolve |= UInt64(CLINUX_RESOLVE_CACHED) }
            let opened = unsafe path.bytes.withCString { name in
                unsafe clinux_openat2(self.descriptor, name, UInt64(flags), resolve)
            }
            if opened >= 0 { return self.inspect(opened) }
            switch errno {
            case EAGAIN where !waits, EINVAL where !waits, ENOSYS where !waits, EPERM where !waits, EXDEV where !waits:
                return .wouldWait
            case ENOSYS, EPERM:  // an old kernel, or a sandbox that does not know the call
                return self.inspect(self.walk(path, flags: flags))
            case EXDEV:
                return self.openThroughAbsoluteLink(path, flags: flags)
            case let error:
                return .failed(errno: error)
            }
        }
    }

    /// What was found at a path.
    enum Entry {
        case file(OpenFile)
        case directory(DirectoryDescriptor)
        /// Something that is neither: a FIFO, a device, a socket.
        case other
        /// Only a thread that may block can say.
        case wouldWait
        case failed(errno: CInt)
    }

    /// Takes over a descriptor, or the error that its opening left in `errno`, and looks at what it is.
    private func inspect(_ opened: CInt) -> Entry {
        guard opened >= 0 else {
            // A FIFO or socket that nobody serves, where the system says so at opening.
            return errno == ENXIO ? .other : .failed(errno: errno)
        }
        var status = stat()
        guard unsafe fstat(opened, &status) == 0 else {
            defer { _ = close(opened) }
            return .failed(errno: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            return .file(OpenFile(takingOwnershipOf: opened, length: Int64(status.st_size)))
        case S_IFDIR:
            return .directory(DirectoryDescriptor(takingOwnershipOf: opened))
        default:
            _ = close(opened)
            return .other
        }
    }

    /// An absolute symbolic link counts as leading out even where it leads back in. So the path is made real first;
    /// opening the real path is confined like any other.
    private func openThroughAbsoluteLink(_ path: RelativePath, flags: CInt) -> Entry {
        guard let root = realPath(self.path), let target = realPath(self.path + "/" + path.description) else {
            return .failed(errno: ENOENT)
        }
        let prefix = root.hasSuffix("/") ? root : root + "/"
        guard target.hasPrefix(prefix) else { return .failed(errno: EXDEV) }
        let inside = String(target.dropFirst(prefix.count))
        let opened = unsafe clinux_openat2(
            self.descriptor,
            inside.isEmpty ? "." : inside,
            UInt64(flags),
            UInt64(CLINUX_RESOLVE_BENEATH | CLINUX_RESOLVE_NO_MAGICLINKS)
        )
        return self.inspect(opened)
    }
}

private func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
}
