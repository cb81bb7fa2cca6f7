import CanaveralConfiguration

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension ImportSite {
    /// This machine, as a server sees it that is started in a folder.
    ///
    /// - Parameter folder: relative to the current one, which is meant where there is none.
    init(startedIn folder: String?) throws(Failure) {
        let path = folder ?? "."
        guard let absolute = realpath(path, nil) else {
            throw .usage("\(path) in --in is no folder that can be found (\(Failure.systemReason)).")
        }
        defer { free(absolute) }
        self.init(
            folder: String(cString: absolute),
            read: Self.content,
            list: Self.entries
        )
    }

    /// What is in a regular file that is not too large: a device has no end.
    @Sendable
    private static func content(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            Int(status.st_size) <= Self.maximumText
        else { return nil }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= Self.maximumText {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += piece.prefix(count)
        }
        return nil
    }

    @Sendable
    private static func entries(_ path: String) -> [Entry]? {
        guard let folder = opendir(path) else { return nil }
        defer { _ = closedir(folder) }
        var entries: [Entry] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            var status = stat()
            guard stat("\(path)/\(name)", &status) == 0 else { continue }
            entries.append(Entry(name, isFolder: status.st_mode & S_IFMT == S_IFDIR))
        }
        return entries
    }
}
