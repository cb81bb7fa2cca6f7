import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where a folder stands that is served, and what may lead there.
struct FolderPlace: Sendable {
    /// The folder's path.
    let path: String

    /// The folder of somebody who does not run the server, and the way from there: no link on that way leads out of it.
    /// `nil` where all links are the operator's.
    private let home: (path: String, way: RelativePath)?

    /// Whether a folder goes on being served when nothing stands here any more.
    let outlivesItsName: Bool

    init(path: String, outlivesItsName: Bool = true) {
        self.path = path
        self.home = nil
        self.outlivesItsName = outlivesItsName
    }

    /// A place in somebody's home; for the home itself the way is empty.
    init(home: String, way: String) {
        self.path = way.isEmpty ? home : home + "/" + way
        self.home = RelativePath(from: [], to: Array(way.utf8)).flatMap { $0.isRoot ? nil : (home, $0) }
        self.outlivesItsName = false
    }

    /// Opens the folder. Waits for the disk.
    func open() throws(FileError) -> (DirectoryDescriptor, FolderIdentity) {
        let folder =
            if let home = self.home { try self.openBeneath(home.path, home.way) } else { try self.openDirectly() }
        var status = stat()
        guard unsafe fstat(folder.descriptor, &status) == 0 else { throw FileError(path: self.path, errno: errno) }
        return (folder, FolderIdentity(status))
    }

    /// What stands here, if anything does. Waits for the disk.
    func identity() -> FolderIdentity? {
        guard self.home == nil else { return try? self.open().1 }
        var status = stat()
        return unsafe stat(self.path, &status) == 0 ? FolderIdentity(status) : nil
    }

    private func openDirectly() throws(FileError) -> DirectoryDescriptor {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        #if canImport(Darwin)
        let descriptor = unsafe Darwin.open(self.path, flags)
        #elseif canImport(Glibc)
        let descriptor = unsafe Glibc.open(self.path, flags)
        #elseif canImport(Musl)
        let descriptor = unsafe Musl.open(self.path, flags)
        #endif
        guard descriptor >= 0 else { throw FileError(path: self.path, errno: errno) }
        return DirectoryDescriptor(takingOwnershipOf: descriptor)
    }

    private func openBeneath(_ home: String, _ way: RelativePath) throws(FileError) -> DirectoryDescriptor {
        let root = try RootDirectory(at: FolderPlace(path: home), openFolders: OpenFolders { 1 })
        switch root.entry(at: way, waits: true) {
        case .directory(let folder): return folder
        case .file, .other: throw FileError(path: self.path, errno: ENOTDIR)
        case .failed(let errno): throw FileError(path: self.path, errno: errno)
        case .wouldWait: throw FileError(path: self.path, errno: EAGAIN)
        }
    }
}
