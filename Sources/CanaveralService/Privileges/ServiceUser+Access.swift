import CLinux

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension ServiceUser {
    /// What somebody wants to do.
    package enum Access: Hashable, Sendable {
        /// Read a file, or a folder with what it holds.
        case read
        /// Open a file or folder, whatever can be done with what it holds.
        case open
        /// Write a file, or make files in a folder.
        case write
        /// Look what is beneath a folder, by its name.
        case pass
    }

    /// Whether owners and modes let this user do something with what is at a path, and reach it, as far as that can be told
    /// without being the user: access control lists are not known, nor what a system is mounted with.
    ///
    /// - Parameters:
    ///   - path: an absolute path.
    ///   - root: the real path of the folder that is to be the root of the file system.
    /// - Returns: `nil` where nothing is there, or this process cannot look.
    package func may(_ access: Access, _ path: String, inside root: String = "/") -> Bool? {
        guard let resolved = RealPath.resolve(path) else { return nil }
        for folder in Self.way(to: resolved, from: root) {
            guard let status = Self.status(of: folder) else { return nil }
            guard self.has(0o1, of: status) else { return false }
        }
        guard let status = Self.status(of: resolved) else { return nil }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        switch access {
        case .read: return self.has(isFolder ? 0o5 : 0o4, of: status)
        case .open: return self.has(0o4, of: status)
        case .write: return self.has(isFolder ? 0o3 : 0o2, of: status)
        case .pass: return self.has(0o1, of: status)
        }
    }

    /// Whether this user can come to a path by the folders around it, as far as can be told: where there are access control
    /// lists, it is assumed.
    package func reaches(_ path: String, inside root: String = "/") -> Bool {
        let folder = RealPath.folder(of: path)
        return self.may(.pass, folder, inside: root) ?? true || Self.knowsLists(onTheWayTo: folder)
    }

    /// Whether there is an access control list at a path or on the way there, which may let users do more than modes do.
    package static func knowsLists(onTheWayTo path: String) -> Bool {
        guard let resolved = RealPath.resolve(path) else { return false }
        return ([resolved] + Self.way(to: resolved, from: "/")).contains { clinux_has_access_list($0) != 0 }
    }

    /// The folders that lead to a path, from the innermost.
    private static func way(to path: String, from root: String) -> [String] {
        let top = path == root || path.hasPrefix(root == "/" ? root : root + "/") ? root : "/"
        var folders = [path == top ? top : RealPath.folder(of: path)]
        while let last = folders.last, last != top { folders.append(RealPath.folder(of: last)) }
        return folders
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// - Parameter bits: as they stand for others in a mode.
    private func has(_ bits: mode_t, of status: stat) -> Bool {
        let shift: mode_t =
            status.st_uid == self.user
            ? 6 : self.groups.contains(UInt32(status.st_gid)) || status.st_gid == self.group ? 3 : 0
        return status.st_mode >> shift & bits == bits
    }
}
