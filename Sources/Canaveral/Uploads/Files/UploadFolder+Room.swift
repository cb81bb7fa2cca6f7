import GeminiFiles

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The limits on a folder as a whole.
extension UploadFolder {
    /// What is in a folder.
    private struct Usage {
        var files = 0
        /// Those of earlier versions too.
        var bytes = 0
    }

    /// Refuses an upload that does not fit, before it comes.
    func checkRoom(for size: Int, at path: RelativePath) throws {
        let folder = try self.parent(of: path, creating: false)
        let name = Array(path.name)
        try self.checkRoom(
            for: size,
            replacing: try folder.flatMap { try self.file(named: name, in: $0) },
            named: name,
            in: folder
        )
    }

    /// - Parameter old: what the upload takes the place of.
    func checkRoom(for size: Int, replacing old: stat?, named name: [UInt8], in folder: DirectoryDescriptor?) throws {
        let options = self.options
        guard options.maximumTotalSize != nil || options.maximumFileCount != nil else { return }
        var usage = Usage()
        try self.add(self.root.folder, isTop: true, isHidden: false, to: &usage)
        if let limit = options.maximumFileCount, old == nil, usage.files >= limit {
            throw FileUploadRefusal.fileCount(limit: limit)
        }
        if let limit = options.maximumTotalSize {
            var freed = 0
            if let old, let folder { freed = try self.bytesFreed(byReplacing: old, named: name, in: folder) }
            guard usage.bytes - freed <= limit - size else { throw FileUploadRefusal.totalSize(limit: limit) }
        }
    }

    /// The bytes of what goes for good when a file is replaced: itself, or the versions that are then too many.
    private func bytesFreed(
        byReplacing old: stat,
        named name: [UInt8],
        in folder: DirectoryDescriptor
    ) throws(StoringFailure) -> Int {
        guard self.options.keepsVersions > 0 else { return Int(old.st_size) }
        guard let versions = self.versions(of: name, in: folder) else { return 0 }
        var bytes = 0
        for number in try self.numbers(in: versions).dropLast(self.options.keepsVersions - 1) {
            bytes += Int(try self.status(of: Self.name(number), in: versions)?.st_size ?? 0)
        }
        return bytes
    }

    private func add(
        _ folder: DirectoryDescriptor,
        isTop: Bool,
        isHidden: Bool,
        to usage: inout Usage
    ) throws(StoringFailure) {
        guard let entries = folder.entries() else { throw StoringFailure(step: .openFolder, errno: errno) }
        for (name, _) in entries where !(isTop && name == Self.workName) {
            guard let status = try self.status(of: name, in: folder) else { continue }
            let isHidden = isHidden || name.first == UInt8(ascii: ".")
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                usage.bytes += Int(status.st_size)
                if !isHidden { usage.files += 1 }
            case S_IFDIR:
                let folder = try self.openFolder(name, in: folder, creating: false)
                try self.add(folder, isTop: false, isHidden: isHidden, to: &usage)
            default:
                break
            }
        }
    }
}
