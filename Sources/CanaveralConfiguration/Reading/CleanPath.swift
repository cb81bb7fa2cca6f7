#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Paths of the file system as people write them.
package enum CleanPath {
    /// A path without `.`, `..` and slashes in a row, as far as it leads to the same place then: behind a symbolic link, `..` is
    /// the folder that its target is in, and stays.
    ///
    /// - Parameter path: an absolute path; others are left as they are.
    package static func of(_ path: String) -> String {
        guard path.utf8.first == UInt8(ascii: "/") else { return path }
        var names: [Substring] = []
        for name in path.split(separator: "/") where name != "." {
            if name != ".." || names.last == ".." || self.isLink(names) {
                names.append(name)
            } else if !names.isEmpty {
                names.removeLast()
            }
        }
        return "/" + names.joined(separator: "/")
    }

    /// - Parameter path: where it begins, if not with a slash.
    package static func absolute(_ path: String, in folder: String) -> String {
        self.of(path.utf8.first == UInt8(ascii: "/") || folder.isEmpty ? path : "\(folder)/\(path)")
    }

    private static func isLink(_ names: [Substring]) -> Bool {
        guard !names.isEmpty else { return false }
        var status = stat()
        return lstat("/" + names.joined(separator: "/"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
