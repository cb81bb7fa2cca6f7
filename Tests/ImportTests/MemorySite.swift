import CanaveralConfiguration

/// Files and folders that are in no file system.
struct MemorySite {
    private var files: [String: String] = [:]
    private var folders: Set<String> = ["/"]

    /// - Parameter files: texts by absolute path. A path with a slash at its end is a folder.
    init(_ files: [String: String] = [:]) {
        for (path, text) in files {
            if !path.hasSuffix("/") { self.files[path] = text }
            var folder = path
            while let slash = folder.lastIndex(of: "/") {
                folder = String(folder[..<slash])
                self.folders.insert(folder.isEmpty ? "/" : folder)
            }
        }
    }

    /// - Parameter folder: where the peer is started.
    func site(startedIn folder: String = "/home/capsule") -> ImportSite {
        let (files, folders) = (self.files, self.folders)
        return ImportSite(
            folder: folder,
            read: { files[$0].map { Array($0.utf8) } },
            list: { folder in
                guard folders.contains(folder) else { return nil }
                let prefix = folder == "/" ? "/" : "\(folder)/"
                func names(_ paths: some Sequence<String>) -> [String] {
                    paths.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.filter {
                        !$0.isEmpty && !$0.contains("/")
                    }
                }
                return names(folders).map { .init($0, isFolder: true) }
                    + names(files.keys).map { .init($0, isFolder: false) }
            }
        )
    }
}
