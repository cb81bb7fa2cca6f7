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
        /// Folders too, and files of which only earlier versions are left.
        var files = 0
        /// Those of earlier versions and of unfinished uploads too.
        var bytes = 0
    }

    var hasLimits: Bool {
        self.options.maximumTotalSize != nil || self.options.maximumFileCount != nil
    }

    /// Refuses an upload that does not fit, before it comes.
    func checkRoom(for size: Int, at path: RelativePath) throws {
        let folder = try self.parent(of: path, creating: false)
        let name = Array(path.name)
        try self.checkRoom(
            for: size,
            at: path,
            replacing: try folder.flatMap { try self.file(named: name, in: $0) },
            in: folder
        )
    }

    /// - Parameters:
    ///   - old: what the upload takes the place of.
    ///   - folder: the folder of the path; `nil` if it is to be made.
    ///   - incoming: the upload itself, which counts once.
    func checkRoom(
        for size: Int,
        at path: RelativePath,
        replacing old: stat?,
        in folder: DirectoryDescriptor?,
        besides incoming: IncomingFile? = nil
    ) throws {
        guard self.hasLimits else { return }
        let name = Array(path.name)
        var usage = Usage()
        try self.add(self.root.folder, isTop: true, isHidden: false, besides: incoming?.name, to: &usage)
        if let limit = self.options.maximumFileCount, old == nil {
            let isCounted = folder.flatMap { self.versions(of: name, in: $0) } != nil
            let more = (isCounted ? 0 : 1) + (folder == nil ? self.missingFolders(to: path) : 0)
            guard usage.files + more <= limit else { throw FileUploadRefusal.fileCount(limit: limit) }
        }
        if let limit = self.options.maximumTotalSize {
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

    /// - Parameter incoming: what the own upload is called among the unfinished ones, where the folder is at the top.
    private func add(
        _ folder: DirectoryDescriptor,
        isTop: Bool,
        isHidden: Bool,
        besides incoming: [UInt8]?,
        to usage: inout Usage
    ) throws(StoringFailure) {
        guard let entries = folder.entries() else { throw StoringFailure(step: .openFolder, errno: errno) }
        for (name, _) in entries {
            guard let status = try self.status(of: name, in: folder) else { continue }
            let isVisible = !isHidden && name.first != UInt8(ascii: ".")
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                guard isTop || name != incoming else { continue }
                usage.bytes += Int(status.st_size)
                if isVisible { usage.files += 1 }
            case S_IFDIR:
                let inner = try self.openFolder(name, in: folder, creating: false)
                if isVisible { usage.files += 1 }
                if !isHidden, name == Self.versionsName { usage.files += try Self.deleted(of: inner, beside: entries) }
                // What is under way is known by its own name, which is in the folder of unfinished uploads only.
                let isWork = isTop && name == Self.workName
                try self.add(
                    inner,
                    isTop: false,
                    isHidden: !isVisible,
                    besides: isWork ? incoming : nil,
                    to: &usage
                )
            default:
                break
            }
        }
    }

    /// How many files have versions, and are not in the folder any more.
    private static func deleted(
        of versions: DirectoryDescriptor,
        beside entries: [(name: [UInt8], kind: DirectoryDescriptor.EntryKind)]
    ) throws(StoringFailure) -> Int {
        guard let all = versions.entries() else { throw StoringFailure(step: .openFolder, errno: errno) }
        let present = Set(entries.map(\.name))
        return all.count { !present.contains($0.name) }
    }
}
