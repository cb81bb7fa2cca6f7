import GeminiProtocol
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Looks at what is in a folder as far as its listing shows it. For threads that may block.
struct FolderContents {
    /// Where a title is looked for.
    private static let titleLimit = 4096
    /// The most that is shown above or below a listing.
    private static let passageLimit = 65_536

    let path: RelativePath
    let folder: DirectoryDescriptor
    let root: RootDirectory
    let options: ListingOptions
    let media: MediaTypeTable

    /// What is listed under a name; `nil` if nothing is.
    func item(named name: [UInt8], kind: DirectoryDescriptor.EntryKind) -> Listing.Item? {
        switch kind {
        case .folder:
            return Listing.Item(name: name, isFolder: true)
        case .special:
            return nil
        case .file:
            var item = Listing.Item(name: name, isFolder: false)
            var status = stat()
            if self.options.order.key != .name,
                unsafe name.withCString({
                    unsafe fstatat(self.folder.descriptor, $0, &status, AT_SYMLINK_NOFOLLOW)
                }) == 0
            {
                item.modified = FileTime(modificationOf: status)
                item.size = Int64(status.st_size)
            }
            if self.wantsTitle(name), case .file(let file) = self.entry(named: name) {
                item.title = Self.title(of: file)
            }
            return item
        case .unclear:
            switch self.entry(named: name) {
            case .directory: return Listing.Item(name: name, isFolder: true)
            case .file(let file): return self.item(named: name, file)
            case .other, .wouldWait, .failed: return nil
            }
        }
    }

    /// A file that a link leads to.
    private func item(named name: [UInt8], _ file: OpenFile) -> Listing.Item {
        var item = Listing.Item(name: name, isFolder: false, size: file.length)
        var status = stat()
        if self.options.order.key == .time, unsafe fstat(file.descriptor, &status) == 0 {
            item.modified = FileTime(modificationOf: status)
        }
        if self.wantsTitle(name) { item.title = Self.title(of: file) }
        return item
    }

    private func wantsTitle(_ name: [UInt8]) -> Bool {
        self.options.showsTitles && self.media.isGemtext(name)
    }

    private func entry(named name: [UInt8]) -> RootDirectory.Entry {
        self.root.entry(at: self.path.appending(name), waits: true)
    }

    /// The title of a page, if its beginning holds one.
    private static func title(of file: OpenFile) -> String? {
        guard var start = file.contents(upTo: self.titleLimit) else { return nil }
        if start.count == self.titleLimit, file.length > start.count {
            // Of a line that goes on, nobody knows what it says.
            start.removeSubrange(((start.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)...)
        }
        return GemtextDocument(parsing: start.span).title
    }

    /// What a file of the folder has to say above or below the listing.
    func passage(named name: String) -> [UInt8]? {
        guard case .file(let file) = self.entry(named: Array(name.utf8)),
            let contents = file.contents(upTo: Self.passageLimit)
        else { return nil }
        let lineFeed = UInt8(ascii: "\n")
        var passage: [UInt8] = []
        passage.reserveCapacity(contents.count + 4)
        for byte in contents.starts(with: [0xEF, 0xBB, 0xBF]) ? contents.dropFirst(3) : contents[...] {
            if byte == lineFeed, passage.last == UInt8(ascii: "\r") { passage.removeLast() }
            passage.append(byte)
        }
        if let last = passage.last, last != lineFeed { passage.append(lineFeed) }
        var parser = GemtextParser()
        parser.parse(passage.span) { _ in }
        if parser.isPreformatted { passage += "```\n".utf8 }
        return passage
    }
}
