import GeminiFiles

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension UploadFolder {
    /// The file that a path stands for: of a folder its index file, the first that is there, else the first that could be.
    ///
    /// - Parameter writing: whether it is to be written, so that there has to be a place for it.
    func file(at path: RelativePath, writing: Bool) throws -> RelativePath {
        guard path.namesDirectory else {
            if writing { try self.checkPlace(of: path) }
            return path
        }
        let candidates = self.options.files.indexNames.map { path.appending(Array($0.utf8)) }
        guard let first = candidates.first else { throw FileUploadRefusal.missing }
        for candidate in candidates {
            if case .file = self.root.entry(at: candidate, waits: true) {
                if writing { try self.checkPlace(of: candidate) }
                return candidate
            }
        }
        if writing { try self.checkPlace(of: first) }
        return first
    }

    /// Whether a file can be written at a path.
    private func checkPlace(of path: RelativePath) throws {
        guard let folder = try self.parent(of: path, creating: false) else {
            guard self.options.createsFolders else { throw FileUploadRefusal.missingFolder }
            try Self.checkDepth(of: path)
            return
        }
        _ = try self.file(named: Array(path.name), in: folder)
    }

    /// The regular file of a name; `nil` where there is nothing.
    func file(named name: [UInt8], in folder: DirectoryDescriptor) throws -> stat? {
        guard let status = try self.status(of: name, in: folder) else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return status
        case S_IFDIR: throw FileUploadRefusal.folder
        default: throw FileUploadRefusal.notRegular
        }
    }

    /// The folder that holds what is at a path, open for reading.
    ///
    /// - Parameter creating: whether folders that are missing on the way are made.
    /// - Returns: `nil` where it is missing and not made.
    func parent(of path: RelativePath, creating: Bool) throws -> DirectoryDescriptor? {
        guard !self.root.withholds(path) else { throw FileUploadRefusal.name }
        var current: DirectoryDescriptor?
        for step in path.steps.dropLast() {
            switch self.root.entry(at: step, waits: true) {
            case .directory(let found):
                current = found
            case .failed(ENOENT) where creating:
                try Self.checkDepth(of: path)
                guard let above = try self.readable(current) else {
                    throw StoringFailure(step: .openFolder, errno: ENOENT)
                }
                try self.makeFolder(Array(step.name), in: above)
                guard case .directory(let made) = self.root.entry(at: step, waits: true) else {
                    throw StoringFailure(step: .openFolder, errno: errno)
                }
                current = made
            case .failed(ENOENT):
                return nil
            case .failed(ENOTDIR), .failed(EXDEV), .failed(ELOOP), .file, .other:
                throw FileUploadRefusal.notRegular
            case .failed(let errno):
                throw StoringFailure(step: .openFolder, errno: errno, path: "\(self.root.path)/\(step)")
            case .wouldWait:
                throw StoringFailure(step: .openFolder, errno: EAGAIN)
            }
        }
        return try self.readable(current)
    }

    /// How many of the folders on the way to a path are missing.
    func missingFolders(to path: RelativePath) -> Int {
        let folders = path.steps.dropLast()
        let missing = folders.firstIndex { step in
            if case .failed(ENOENT) = self.root.entry(at: step, waits: true) { true } else { false }
        }
        return missing.map { folders.endIndex - $0 } ?? 0
    }

    /// Removes the folders above a path in which nothing is left, if uploads made them.
    func removeEmptyFolders(above path: RelativePath) {
        guard self.options.createsFolders else { return }
        for step in path.steps.dropFirst().dropLast().reversed() {
            guard let above = try? self.parent(of: step, creating: false) else { continue }
            let name = Array(step.name)
            do throws(StoringFailure) {
                try self.step(.remove) {
                    unsafe name.withCString { unsafe unlinkat(above.descriptor, $0, CInt(AT_REMOVEDIR)) }
                }
            } catch {
                guard error.errno == ENOENT else { return }
            }
        }
    }

    /// Whether uploads make the folders that a path needs.
    private static func checkDepth(of path: RelativePath) throws(FileUploadRefusal) {
        guard path.components.count - 1 <= self.mostFolders else { throw .depth(limit: self.mostFolders) }
    }

    /// What was found may be open as a name only, which can neither be read nor brought to the disk.
    private func readable(_ found: DirectoryDescriptor?) throws(StoringFailure) -> DirectoryDescriptor? {
        guard let found else { return nil }
        return try self.openFolder([UInt8(ascii: ".")], in: found, creating: false)
    }
}
