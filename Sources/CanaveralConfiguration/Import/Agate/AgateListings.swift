/// The folders that agate lists: those with a file `.directory-listing-ok`, whose text stands above the listing.
struct AgateListings {
    private static let marker = ".directory-listing-ok"
    /// A capsule with more folders than this is not searched to its end.
    private static let maximumFolders = 10_000

    private let paths: [String]

    init(in root: String, at site: ImportSite) {
        var paths: [String] = []
        var folders = ["/"]
        var visited = 0
        while let folder = folders.popLast(), visited < Self.maximumFolders {
            visited += 1
            guard let entries = site.entries(root + folder) else { continue }
            if entries.contains(where: { $0.name == Self.marker && !$0.isFolder }) { paths.append(folder) }
            folders += entries.filter { $0.isFolder && !$0.name.hasPrefix(".") }.map { "\(folder)\($0.name)/" }
        }
        self.paths = paths.sorted()
    }

    /// A location for each, which holds for the folder and nothing below, as in agate.
    func locations() -> [ConfigurationDocument.Table] {
        self.paths.map { path in
            var location = ConfigurationDocument.Table()
            location.set("exact", to: path, from: "has a \(Self.marker)")
            location.set("listing", to: .boolean(true))
            location.set("listing-header", to: Self.marker)
            return location
        }
    }
}
