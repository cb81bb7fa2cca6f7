#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The relative paths of what is in a folder and not hidden; so many that a check takes no time to speak of.
struct FolderNames {
    private static let most = 2_000

    private(set) var paths: [String] = []
    /// Whether these are all of them.
    private(set) var areAll = true

    init(beneath folder: String) {
        self.add(folder, as: "")
    }

    private mutating func add(_ folder: String, as prefix: String) {
        guard let stream = opendir(folder) else {
            self.areAll = false
            return
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            guard !name.hasPrefix(".") else { continue }
            guard self.paths.count < Self.most else {
                self.areAll = false
                return
            }
            self.paths.append(prefix + name)
            var status = stat()
            // Links to folders may lead in circles.
            guard lstat("\(folder)/\(name)", &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFLNK { self.areAll = false }
            if status.st_mode & S_IFMT == S_IFDIR { self.add("\(folder)/\(name)", as: "\(prefix)\(name)/") }
        }
    }
}
