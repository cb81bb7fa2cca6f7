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
            read: { try? Terminal.content(ofFile: $0) },
            list: Self.entries
        )
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
