import CLinux
package import GeminiServer
package import Logging
package import NIOCore

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
package final class RootDirectory: Sendable {
    /// How paths are resolved.
    package enum Resolution {
        /// By the kernel; falls back to the walk on a kernel that cannot (before Linux 5.6).
        case kernel
        /// Component by component.
        case walk
    }

    let current: CurrentFolder
    private let resolution: Resolution
    private let logger: Logger
    private let knownFiles = KnownFiles()

    /// - Throws: `FileError` if there is no such folder, or it cannot be read.
    package convenience init(
        path: String,
        resolution: Resolution = .kernel,
        withheld: WithheldPaths = WithheldPaths(),
        logger: Logger = Files.Options().logger,
        now: @escaping @Sendable () -> NIODeadline = { .now() }
    ) throws(FileError) {
        try self.init(at: FolderPlace(path: path), resolution: resolution, withheld: withheld, logger: logger, now: now)
    }

    init(
        at place: FolderPlace,
        resolution: Resolution = .kernel,
        withheld: WithheldPaths = WithheldPaths(),
        logger: Logger = Files.Options().logger,
        openFolders: OpenFolders = .shared,
        now: @escaping @Sendable () -> NIODeadline = { .now() }
    ) throws(FileError) {
        self.current = try CurrentFolder(place: place, withheld: withheld, openFolders: openFolders, now: now)
        self.resolution = resolution
        self.logger = logger
    }

    package var path: String {
        self.current.place.path
    }

    /// The folder that stands at the path now. Waits for the disk now and then.
    ///
    /// - Throws: `FileError` if none does, and the one that did is no longer open.
    package var folder: DirectoryDescriptor {
        get throws(FileError) { try self.found.folder }
    }

    /// The same, with what of it is withheld.
    var found: CurrentFolder.Found {
        get throws(FileError) {
            if let found = self.current.foundLately() { return found }
            return try self.current.find { change in
                switch change {
                case .replaced:
                    self.logger.notice("There is another folder at \(self.path): it is served from now on.")
                case .notReplaced(let errno):
                    self.logger.warning(
                        "What is at \(self.path) now cannot be served, and the folder that was there is served on: \(FileError(path: self.path, errno: errno))"
                    )
                }
            }
        }
    }

    /// Opens what stands at a relative path for reading, without ever waiting for the other end of a FIFO or a device.
    ///
    /// - Parameters:
    ///   - path: components separated by single slashes; none of them empty, `.` or `..`. The empty path is the folder
    ///     itself.
    ///   - waits: whether the thread may wait for a disk.
    package func entry(at path: RelativePath, waits: Bool) -> Entry {
        let found: CurrentFolder.Found
        if let lately = self.current.foundLately() {
            found = lately
        } else {
            guard waits else { return .wouldWait }
            do throws(FileError) {
                found = try self.found
            } catch {
                return .failed(errno: error.errno)
            }
        }
        guard found.withheld.isEmpty else { return self.entry(at: path, of: found, waits: waits) }
        let entry = self.confinedEntry(at: path, beneath: found.folder, links: .followed, waits: waits)
        guard case .failed(EXDEV) = entry else { return entry }
        // An absolute symbolic link counts as leading out even where it leads back in. So the path is made real first;
        // opening the real path is confined like any other.
        guard let inside = self.realPath(of: path) else { return entry }
        return self.confinedEntry(at: inside, beneath: found.folder, links: .followed, waits: true)
    }

    /// What becomes of symbolic links on the way.
    enum Links {
        case followed
        /// Each is `ELOOP`.
        case refused
    }

    func confinedEntry(
        at path: RelativePath,
        beneath folder: DirectoryDescriptor,
        links: Links,
        waits: Bool
    ) -> Entry {
        switch self.resolution {
        case .walk:
            return waits ? self.walkedEntry(at: path, beneath: folder, links: links) : .wouldWait
        case .kernel:
            let entry = unsafe path.withCString {
                unsafe self.resolvedEntry(
                    at: $0,
                    beneath: folder.descriptor,
                    key: path.hashValue,
                    links: links,
                    waits: waits
                )
            }
            switch entry {
            case .failed(EAGAIN) where !waits, .failed(EINVAL) where !waits, .failed(ENOSYS) where !waits,
                .failed(EPERM) where !waits, .failed(EXDEV) where !waits, .failed(ELOOP) where !waits:
                return .wouldWait
            case .failed(ENOSYS), .failed(EPERM):  // an old kernel, or a sandbox that does not know the call
                return self.walkedEntry(at: path, beneath: folder, links: links)
            default:
                return entry
            }
        }
    }

    private func walkedEntry(at path: RelativePath, beneath folder: DirectoryDescriptor, links: Links) -> Entry {
        self.inspect(self.walk(path, from: folder, flags: Self.readingFlags, links: links))
    }

    private static let readingFlags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

    /// Has the kernel find what a path names, and opens it if it is a file. What it is comes first: opening a FIFO
    /// would let in who waits to write into it, and opening a device can do anything. What was a file the last time is
    /// opened at once, and looked at then.
    private func resolvedEntry(
        at path: UnsafePointer<CChar>,
        beneath folder: CInt,
        key: Int,
        links: Links,
        waits: Bool
    ) -> Entry {
        var how = UInt64(CLINUX_RESOLVE_BENEATH | CLINUX_RESOLVE_NO_MAGICLINKS)
        if links == .refused { how |= UInt64(CLINUX_RESOLVE_NO_SYMLINKS) }
        if self.knownFiles.contains(key) {
            let entry = unsafe self.inspect(self.resolve(path, beneath: folder, Self.readingFlags, how, waits: waits))
            if case .file = entry { return entry }
            self.knownFiles.remove(key)
        }
        let found = unsafe self.resolve(path, beneath: folder, CInt(CLINUX_O_PATH) | O_CLOEXEC, how, waits: waits)
        guard found >= 0 else { return .failed(errno: errno) }
        var status = stat()
        guard unsafe fstat(found, &status) == 0 else {
            defer { _ = close(found) }
            return .failed(errno: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            _ = close(found)
            self.knownFiles.insert(key)
            return unsafe self.inspect(self.resolve(path, beneath: folder, Self.readingFlags, how, waits: waits))
        case S_IFDIR:
            return .directory(DirectoryDescriptor(takingOwnershipOf: found))
        default:
            _ = close(found)
            return .other
        }
    }

    /// openat2 within the root. When something is renamed anywhere while a link's `..` is resolved, the kernel cannot
    /// vouch for the path, and says EAGAIN: the next try mostly succeeds.
    private func resolve(
        _ path: UnsafePointer<CChar>,
        beneath folder: CInt,
        _ flags: CInt,
        _ how: UInt64,
        waits: Bool
    ) -> CInt {
        var how = how
        if !waits { how |= UInt64(CLINUX_RESOLVE_CACHED) }
        var tries = waits ? 100 : 1
        var opened: CInt
        repeat {
            opened = unsafe clinux_openat2(folder, path, UInt64(flags), how)
            tries -= 1
        } while opened < 0 && errno == EAGAIN && tries > 0
        return opened
    }

    /// What was found at a path.
    package enum Entry {
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
}
