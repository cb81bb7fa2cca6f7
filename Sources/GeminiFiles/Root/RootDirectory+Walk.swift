#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Opening beneath the root by a walk of descriptors, for systems without openat2.
extension RootDirectory {
    /// Symbolic links followed in one path; Linux's own limit.
    private static let maximumLinks = 40

    /// Opens a path step by step. Each step is taken from the folder that is open, never follows a link by itself, and
    /// never leaves the root; links are read and walked like the path, unless they are refused.
    ///
    /// - Returns: a descriptor, or -1 with `errno` set: `EXDEV` for a path that leads out, `ENXIO` for one to what is
    ///   neither file nor folder, and is not opened.
    func walk(_ path: RelativePath, from root: DirectoryDescriptor, flags: CInt, links policy: Links) -> CInt {
        var pending = Array(path.components.reversed())
        var folders: [DirectoryDescriptor] = []
        var links = 0

        while let component = pending.popLast() {
            let folder = folders.last?.descriptor ?? root.descriptor
            switch component {
            case [], [UInt8(ascii: ".")]:
                continue
            case [UInt8(ascii: "."), UInt8(ascii: ".")]:
                guard folders.popLast() != nil else { return Self.fail(EXDEV) }
                continue
            default:
                break
            }
            var status = stat()
            guard unsafe component.withCString({ unsafe fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
                return -1
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG, S_IFDIR:
                break
            case S_IFLNK:
                links += 1
                guard policy == .followed, links <= Self.maximumLinks else { return Self.fail(ELOOP) }
                guard let target = Self.link(component, in: folder) else { return -1 }
                guard target.first != UInt8(ascii: "/") else { return Self.fail(EXDEV) }
                pending += target.split(separator: UInt8(ascii: "/")).map(Array.init).reversed()
                continue
            default:
                return Self.fail(ENXIO)
            }
            let isLast = pending.isEmpty
            let stepFlags = isLast ? flags | O_NOFOLLOW : O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
            let opened = unsafe component.withCString { unsafe openat(folder, $0, stepFlags) }
            guard opened >= 0 else { return -1 }
            if isLast { return opened }
            folders.append(DirectoryDescriptor(takingOwnershipOf: opened))
        }
        // The path ended in a folder that is open already: the root, or one that a link's `..` led back to.
        return unsafe openat(folders.last?.descriptor ?? root.descriptor, ".", flags | O_DIRECTORY)
    }

    private static func fail(_ error: CInt) -> CInt {
        errno = error
        return -1
    }

    /// What a symbolic link says, or `nil` with `errno` set.
    private static func link(_ name: [UInt8], in folder: CInt) -> [UInt8]? {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe name.withCString { name in
            unsafe readlinkat(folder, name, &target, Int(PATH_MAX))
        }
        return length > 0 ? target.prefix(length).map { UInt8(bitPattern: $0) } : nil
    }
}
