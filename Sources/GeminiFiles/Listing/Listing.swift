import GeminiProtocol
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The page that stands in for a folder without an index: its folders, then its files, each by name.
struct Listing {
    private struct Entry {
        var name: [UInt8]
        var isFolder: Bool
    }

    private let path: RelativePath
    private let entries: [Entry]

    /// Reads a folder. What cannot be served is left out: hidden names, FIFOs and the like, links that lead nowhere or
    /// out of the root.
    ///
    /// - Throws: `FileError` if the folder cannot be read.
    init(of path: RelativePath, open folder: DirectoryDescriptor, beneath root: RootDirectory) throws(FileError) {
        guard let names = Self.names(in: folder) else { throw FileError(path: path.description, errno: errno) }
        self.path = path
        self.entries =
            names.compactMap { name, kind -> Entry? in
                switch kind {
                case .folder:
                    return Entry(name: name, isFolder: true)
                case .file:
                    return Entry(name: name, isFolder: false)
                case .special:
                    return nil
                case .unclear:
                    switch root.entry(at: path.appending(name), waits: true) {
                    case .directory: return Entry(name: name, isFolder: true)
                    case .file: return Entry(name: name, isFolder: false)
                    case .other, .wouldWait, .failed: return nil
                    }
                }
            }
            .sorted { left, right in
                left.isFolder != right.isFolder
                    ? left.isFolder : left.name.lexicographicallyPrecedes(right.name)
            }
    }

    /// The page in gemtext. Links are relative, so that they hold wherever the folder is mounted.
    var page: String {
        var page = Gemtext()
        page.heading(1, "/" + self.path.components.map { Self.text($0) + "/" }.joined())
        page.blank()
        if !self.path.isRoot {
            page.link("../", "..")
        }
        for entry in self.entries {
            page.link(
                PercentEncoding.relativeReference(toName: entry.name, isDirectory: entry.isFolder),
                Self.text(entry.name) + (entry.isFolder ? "/" : "")
            )
        }
        if self.entries.isEmpty {
            page.text("This folder is empty.")
        }
        return page.description
    }

    /// The name for a reader's eye. Characters that only steer the display, such as direction marks, could show a name as
    /// another: they are shown as unknown.
    private static func text(_ name: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: name, as: UTF8.self).unicodeScalars {
            text.append(scalar.properties.generalCategory == .format ? "\u{FFFD}" : scalar)
        }
        return String(text)
    }

    /// What is in a folder but hidden names, FIFOs and the like; `nil` where it cannot be read.
    static func names(in folder: DirectoryDescriptor) -> [(name: [UInt8], kind: DirectoryDescriptor.EntryKind)]? {
        folder.entries()?.filter { $0.name.first != UInt8(ascii: ".") && $0.kind != .special }
    }
}
