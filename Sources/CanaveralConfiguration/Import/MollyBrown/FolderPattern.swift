/// A shell's pattern for folders, in which `*` and `?` match no slash.
struct FolderPattern {
    private let names: [Substring]

    init(_ pattern: String) {
        self.names = pattern.split(separator: "/")
    }

    private static func isPattern(_ name: Substring) -> Bool { name.contains { "*?[".contains($0) } }

    /// The folders that are there; the one that is meant, there or not, where nothing in it is a pattern.
    func folders(at site: ImportSite) -> [String] {
        self.names.reduce([""]) { folders, name in
            guard Self.isPattern(name) else { return folders.map { "\($0)/\(name)" } }
            let pattern = GlobPattern(String(name))
            return folders.flatMap { folder in
                (site.entries(folder.isEmpty ? "/" : folder) ?? []).filter {
                    $0.isFolder && $0.name.first != "." && pattern.matches($0.name)
                }.map { "\(folder)/\($0.name)" }
            }
        }.filter { folder in !self.names.contains(where: Self.isPattern) || site.hasFolder(folder) }
    }
}
