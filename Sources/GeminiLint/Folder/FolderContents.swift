import GeminiFiles
import GeminiProtocol
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What of a folder is served: every file and folder in it, by its URL.
///
/// Found by walking the listings that the server would show if there were no index files, so that what is hidden or
/// leads out of the folder is not in it.
struct FolderContents {
    private(set) var files: [GeminiURL] = []
    private(set) var folders: [GeminiURL] = []
    private let path: String

    /// - Parameters:
    ///   - path: the folder.
    ///   - root: the URL that it is served at.
    init(path: String, root: GeminiURL) async throws(FileError) {
        self.path = path
        var options = Files.Options()
        options.indexNames = []
        let fetcher = FolderFetcher(files: try Files(in: path, options: options))
        var seen: Set<FileIdentity> = []
        var pending = [root]
        while let folder = pending.popLast() {
            // A link to a folder that leads back up would be walked for ever.
            guard let identity = FileIdentity(path: Self.path(of: folder, beneath: path)),
                seen.insert(identity).inserted
            else { continue }
            self.folders.append(folder)
            guard case .response(_, let body?) = await fetcher.fetch(folder, wantsBody: true) else { continue }
            for link in GemtextDocument(parsing: body.span).links where link.target != "../" {
                guard let url = try? folder.resolving(link.target) else { continue }
                if url.path.hasSuffix("/") { pending.append(url) } else { self.files.append(url) }
            }
        }
        self.files.sort { $0.path < $1.path }
    }

    /// The path of the file at a URL.
    func filePath(of url: GeminiURL) -> String {
        Self.path(of: url, beneath: self.path)
    }

    private static func path(of url: GeminiURL, beneath root: String) -> String {
        let names = url.segments.compactMap { segment in
            segment.fileName.map { String(decoding: $0, as: UTF8.self) }
        }
        return ([root.hasSuffix("/") ? String(root.dropLast()) : root] + names).joined(separator: "/")
    }
}

/// What makes two paths the same file.
private struct FileIdentity: Hashable {
    private let device: UInt64
    private let inode: UInt64

    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.device = UInt64(truncatingIfNeeded: status.st_dev)
        self.inode = UInt64(truncatingIfNeeded: status.st_ino)
    }
}
