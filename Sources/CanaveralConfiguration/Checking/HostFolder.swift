import GeminiFiles

/// The folder of one of a host's names, where its root is a pattern of folders.
struct HostFolder: Hashable {
    var path: String
    /// The folder that those of all names are in.
    var enclosingFolder: String
    /// The name that it is for.
    var name: String
    /// How its place in the configuration is spoken of.
    var title: String
    var line: Int?
}

extension Configuration {
    /// The folders of all names that are known: those of wildcards are not.
    var hostFolders: [HostFolder] {
        self.hosts.filter { $0.passThrough == nil }.flatMap { host in
            var roots: [(root: String, title: String, line: Int?)] = []
            if let root = host.content.root ?? self.content.root {
                roots.append((root, host.title, self.line(of: nil, in: host)))
            }
            for location in host.locations {
                guard case .files = location.answer, let root = location.content.root else { continue }
                roots.append((root, "\(host.title), \(location.place)", location.lines["root"]))
            }
            return roots.filter { $0.root.contains(HostFolders.placeholder) }.flatMap { root, title, line in
                host.exactNames.map { name in
                    let name = name.certificateName
                    return HostFolder(
                        path: root.replacing(HostFolders.placeholder, with: name),
                        enclosingFolder: Self.enclosingFolder(root, HostFolders.placeholder),
                        name: name,
                        title: title,
                        line: line
                    )
                }
            }
        }
    }
}
