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
            guard let folder = try self.parent(of: path, creating: self.options.createsFolders) else {
                throw FileUploadRefusal.missingFolder
            }
            let old = try self.file(named: name, in: folder)
            try self.checkRoom(for: size, replacing: old, named: name, in: folder)
            if let old {
                _ = fchmod(incoming.descriptor, old.st_mode & 0o777)
                if self.options.keepsVersions > 0 { try self.keep(name, old, in: folder) }
            }
            try self.rename(incoming.name, in: incoming.folder, to: name, in: folder)
            incoming.wasNamed()
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
        }
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
