#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What beneath a root is not shown.
extension RootDirectory {
    /// Opens a path beneath a folder some of which is withheld: for a path without links a comparison of bytes more, and
    /// with links it is made real first. Nothing is opened through a link then, so that what is opened is what was looked
    /// at, whoever changes links meanwhile.
    func entry(at path: RelativePath, of found: CurrentFolder.Found, waits: Bool) -> Entry {
        guard !found.withheld.covers(path) else { return .failed(errno: ENOENT) }
        let entry = self.confinedEntry(at: path, beneath: found.folder, links: .refused, waits: waits)
        guard case .failed(ELOOP) = entry else { return entry }
        guard let real = self.realPath(of: path) else { return .failed(errno: ENOENT) }
        guard !found.withheld.covers(real) else { return .failed(errno: ENOENT) }
        return self.confinedEntry(at: real, beneath: found.folder, links: .refused, waits: true)
    }

    /// Whether what stands at a path, or would, is withheld. Waits for the disk.
    package func withholds(_ path: RelativePath) -> Bool {
        guard let found = try? self.found, !found.withheld.isEmpty else { return false }
        if found.withheld.covers(path) { return true }
        let root = Array(self.path.utf8)
        guard let realRoot = RealPath.resolve(root),
            let real = RelativePath(
                from: realRoot,
                to: RealPath.place(of: root + [UInt8(ascii: "/")] + path.bytes)
            )
        else { return false }
        return found.withheld.covers(real)
    }

    /// Those of a folder's names that are not withheld. What links lead to is looked at when it is opened.
    func withoutWithheld(
        _ names: [(name: [UInt8], kind: DirectoryDescriptor.EntryKind)],
        in folder: RelativePath
    ) -> [(name: [UInt8], kind: DirectoryDescriptor.EntryKind)] {
        guard let withheld = try? self.found.withheld, !withheld.isEmpty else { return names }
        let real = self.realPath(of: folder) ?? folder
        return names.filter { !withheld.covers(real.appending($0.name)) }
    }

    /// Where a path leads when all links are followed, beneath the folder that stands at the root's path.
    ///
    /// - Returns: `nil` where nothing is there, or it leads out.
    func realPath(of path: RelativePath) -> RelativePath? {
        let root = Array(self.path.utf8)
        guard let realRoot = RealPath.resolve(root),
            let target = RealPath.resolve(root + [UInt8(ascii: "/")] + path.bytes)
        else { return nil }
        return RelativePath(from: realRoot, to: target)
    }
}
