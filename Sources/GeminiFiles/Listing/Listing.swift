import GeminiProtocol
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What stands in for a folder without an index: its folders, then its files, in order.
struct Listing {
    struct Item {
        var name: [UInt8]
        var isFolder: Bool
        /// The last change and the length of a file, where the order needs them.
        var modified: FileTime?
        var size: Int64?
        /// The first heading of a page, where it is asked for.
        var title: String?
    }

    let path: RelativePath
    let order: ListingOrder
    let items: [Item]
    /// What is shown above and below, ready to be sent.
    let header: [UInt8]?
    let footer: [UInt8]?

    /// Reads a folder. What cannot be served is left out: hidden names, what is withheld, FIFOs and the like, links that
    /// lead nowhere or out of the root. Waits for the disk.
    ///
    /// - Parameter media: tells which files are gemtext.
    /// - Throws: `FileError` if the folder cannot be read.
    init(
        of path: RelativePath,
        open folder: DirectoryDescriptor,
        beneath root: RootDirectory,
        options: ListingOptions = ListingOptions(),
        media: MediaTypeTable = MediaTypeTable()
    ) throws(FileError) {
        guard let all = Self.names(in: folder) else { throw FileError(path: path.description, errno: errno) }
        let names = root.withoutWithheld(all, in: path)
        let contents = FolderContents(path: path, folder: folder, root: root, options: options, media: media)
        let frame = [options.headerName, options.footerName].compactMap { $0.map { Array($0.utf8) } }
        self.path = path
        self.order = options.order
        self.header = options.headerName.flatMap { contents.passage(named: $0) }
        self.footer = options.footerName.flatMap { contents.passage(named: $0) }
        self.items =
            names
            .filter { !frame.contains($0.name) }
            .compactMap { contents.item(named: $0.name, kind: $0.kind) }
            .sorted { options.order.places($0, before: $1) }
    }

    /// What is in a folder but hidden names, FIFOs and the like; `nil` where it cannot be read.
    static func names(in folder: DirectoryDescriptor) -> [(name: [UInt8], kind: DirectoryDescriptor.EntryKind)]? {
        folder.entries()?.filter { $0.name.first != UInt8(ascii: ".") && $0.kind != .special }
    }
}

extension ListingOrder {
    func places(_ left: Listing.Item, before right: Listing.Item) -> Bool {
        guard left.isFolder == right.isFolder else { return left.isFolder }
        let (first, second) = self.isReversed ? (right, left) : (left, right)
        if self.key == .time, let one = first.modified, let other = second.modified, one != other { return one < other }
        if self.key == .size, let one = first.size, let other = second.size, one != other { return one < other }
        return self.key == .name
            ? first.name.lexicographicallyPrecedes(second.name) : left.name.lexicographicallyPrecedes(right.name)
    }
}
