import GeminiProtocol
package import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A folder of programs to start, found by the same rules as files that are served: no hidden names, nothing outside of it,
/// and regular files only. For threads that may block.
package final class ScriptFolder: Sendable {
    /// A program, open.
    package struct Script: Sendable {
        /// The program's file.
        package let file: OpenFile
        /// The folder that it is in.
        package let folder: Folder
        /// Its absolute path.
        package let path: [UInt8]
        /// How many names of the URL's path lead to it.
        package let segments: Int
        /// Whether it is a program of the machine, and not a script whose interpreter opens it by name again.
        package let isBinary: Bool
    }

    /// An open folder.
    package struct Folder: Sendable {
        fileprivate let open: DirectoryDescriptor

        /// Valid as long as this value.
        package var descriptor: CInt { self.open.descriptor }
    }

    /// What a path leads to.
    package enum Lookup: Sendable {
        case found(Script)
        /// No program, and nothing that anybody outside is to know of.
        case none
        /// A file that may not be run: none for anybody outside, and something to tell the operator.
        case notExecutable(path: [UInt8])
        case failed(errno: CInt)
    }

    private static let elf: [UInt8] = [0x7F, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")]

    /// The folder's absolute path.
    package let path: String
    private let root: RootDirectory

    /// - Throws: `FileError` if there is no such folder, or it cannot be read.
    package init(path: String) throws(FileError) {
        let absolute: String
        if path.utf8.first == UInt8(ascii: "/") {
            absolute = path
        } else {
            guard let resolved = unsafe realpath(path, nil) else { throw FileError(path: path, errno: errno) }
            defer { unsafe free(resolved) }
            absolute = unsafe String(cString: resolved)
        }
        self.path = absolute
        self.root = try RootDirectory(path: absolute)
    }

    /// The program at the shortest part of an encoded path that is an executable regular file (CG-01).
    ///
    /// - Parameter path: what of the URL's path is beneath the folder.
    package func script(at path: String) -> Lookup {
        guard var place = RelativePath(from: [], to: []) else { return .none }
        var folder: DirectoryDescriptor
        do throws(FileError) {
            folder = try self.root.folder
        } catch {
            return .failed(errno: error.errno)
        }
        var segments = 0
        for segment in PathSegments(path) where !segment.encoded.isEmpty {
            guard let name = segment.fileName, name.first != UInt8(ascii: ".") else { return .none }
            place = place.appending(name)
            segments += 1
            switch self.root.entry(at: place, waits: true) {
            case .directory(let next):
                folder = next
            case .file(let file):
                return self.script(file, at: place, in: folder, segments: segments)
            case .failed(let error) where [EMFILE, ENFILE, ENOMEM, EIO].contains(error):
                return .failed(errno: error)
            case .other, .failed, .wouldWait:
                return .none
            }
        }
        return .none
    }

    private func script(
        _ file: OpenFile,
        at place: RelativePath,
        in folder: DirectoryDescriptor,
        segments: Int
    ) -> Lookup {
        var status = stat()
        guard unsafe fstat(file.descriptor, &status) == 0 else { return .none }
        let path = Array(self.path.utf8) + [UInt8(ascii: "/")] + place.bytes
        guard status.st_mode & 0o111 != 0 else { return .notExecutable(path: path) }
        return .found(
            Script(
                file: file,
                folder: Folder(open: folder),
                path: path,
                segments: segments,
                isBinary: file.contents(upTo: Self.elf.count) == Self.elf
            )
        )
    }
}
