#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The names of what is in a folder, `.` and `..` among them, in no order.
enum FolderNames {
    static func read(path: String) throws(IdentityError) -> [String] {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: SystemError.last) }
        return try self.read(closing: descriptor, path: path)
    }

    /// - Parameter descriptor: open, and closed by this.
    static func read(closing descriptor: CInt, path: String) throws(IdentityError) -> [String] {
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            throw .unreadable(path: path, reason: SystemError.last)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            names.append(name)
        }
        return names
    }
}
