package import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A folder whose files go into something else, such as a feed, by the same rules as those that are served: no hidden
/// names, nothing outside of it, and regular files only. For threads that may block.
package final class ReadableFolder: Sendable {
    private let root: RootDirectory
    private let rootPath = RelativePath(from: [], to: [])!

    /// - Throws: `FileError` if there is no such folder, or it cannot be read.
    package init(path: String) throws(FileError) {
        self.root = try RootDirectory(path: path)
    }

    /// The regular files by name, with their versions.
    ///
    /// - Throws: `FileError` if the folder cannot be read.
    package func versions() throws(FileError) -> [[UInt8]: FileVersion] {
        let folder = try self.root.folder
        guard case .directory(let open) = self.root.entry(at: self.rootPath, waits: true),
            let names = Listing.names(in: open)
        else { throw FileError(path: self.root.path, errno: errno) }
        var versions: [[UInt8]: FileVersion] = [:]
        for (name, kind) in names where kind != .folder {
            var status = stat()
            guard unsafe name.withCString({ unsafe fstatat(folder.descriptor, $0, &status, 0) }) == 0,
                status.st_mode & S_IFMT == S_IFREG
            else { continue }
            versions[name] = FileVersion(status)
        }
        return versions
    }

    /// The first bytes of a file of the folder; `nil` if it cannot be read, or lies elsewhere.
    package func contents(of name: [UInt8], upTo limit: Int) -> [UInt8]? {
        guard case .file(let file) = self.root.entry(at: self.rootPath.appending(name), waits: true) else { return nil }
        return file.contents(upTo: limit)
    }
}
