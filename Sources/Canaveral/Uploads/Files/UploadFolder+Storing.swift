import GeminiFiles

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension UploadFolder {
    /// Gives a whole upload the name that it was sent for; what had the name becomes a version.
    func store(_ incoming: IncomingFile, size: Int, at path: RelativePath) throws {
        try self.step(.synchronizeFile) { fsync(incoming.descriptor) }
        let name = Array(path.name)
        try self.alone { _ in
            let found = try self.parent(of: path, creating: false)
            let old = try found.flatMap { try self.file(named: name, in: $0) }
            try self.checkRoom(for: size, at: path, replacing: old, in: found, besides: incoming)
            var isStored = false
            defer { if !isStored, found == nil { self.removeEmptyFolders(above: path) } }
            guard let folder = try found ?? self.madeParent(of: path) else { throw FileUploadRefusal.missingFolder }
            if let old {
                _ = fchmod(incoming.descriptor, old.st_mode & 0o777)
                if self.options.keepsVersions > 0 { try self.keep(name, old, in: folder) }
            }
            try self.rename(incoming.name, in: incoming.folder, to: name, in: folder)
            incoming.wasNamed()
            isStored = true
            try self.step(.synchronizeFolder) { fsync(folder.descriptor) }
            self.prune(name, in: folder)
        }
    }

    /// Takes a file away, which becomes a version.
    func delete(_ path: RelativePath) throws {
        let name = Array(path.name)
        try self.alone { _ in
            guard let folder = try self.parent(of: path, creating: false),
                let old = try self.file(named: name, in: folder)
            else { throw FileUploadRefusal.missing }
            if self.options.keepsVersions > 0 { try self.keep(name, old, in: folder) }
            try self.step(.remove) { unsafe name.withCString { unsafe unlinkat(folder.descriptor, $0, 0) } }
            try self.step(.synchronizeFolder) { fsync(folder.descriptor) }
            self.prune(name, in: folder)
            self.removeEmptyFolders(above: path)
        }
    }

    /// The folder that is to hold what is at a path, made now if uploads make folders.
    private func madeParent(of path: RelativePath) throws -> DirectoryDescriptor? {
        self.options.createsFolders ? try self.parent(of: path, creating: true) : nil
    }

    func rename(
        _ name: [UInt8],
        in folder: DirectoryDescriptor,
        to newName: [UInt8],
        in newFolder: DirectoryDescriptor
    ) throws(StoringFailure) {
        try self.step(.rename) {
            unsafe name.withCString { old in
                unsafe newName.withCString { new in
                    unsafe renameat(folder.descriptor, old, newFolder.descriptor, new)
                }
            }
        }
    }
}
