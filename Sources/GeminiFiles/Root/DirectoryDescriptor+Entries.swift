#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension DirectoryDescriptor {
    /// What an entry of a folder is, as far as the folder says.
    package enum EntryKind: Sendable {
        case file
        case folder
        /// A link, or whatever the file system does not say of by itself.
        case unclear
        /// A FIFO, a device, a socket.
        case special
    }

    /// Everything in the folder but itself and the one above, in no order. Waits for the disk.
    ///
    /// - Returns: `nil` with `errno` set where it cannot be read.
    package func entries() -> [(name: [UInt8], kind: EntryKind)]? {
        // closedir closes what it is given, and the folder's own descriptor is not ours to close.
        let copy = unsafe openat(self.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return nil }
        guard let stream = unsafe fdopendir(copy) else {
            _ = close(copy)
            return nil
        }
        defer { unsafe closedir(stream) }
        var entries: [(name: [UInt8], kind: EntryKind)] = []
        while let entry = unsafe readdir(stream) {
            let kind: EntryKind =
                switch CInt(unsafe entry.pointee.d_type) {
                case CInt(DT_REG): .file
                case CInt(DT_DIR): .folder
                case CInt(DT_LNK), CInt(DT_UNKNOWN): .unclear
                default: .special
                }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe Array(bytes.prefix { $0 != 0 })
            }
            guard name != [UInt8(ascii: ".")], name != [UInt8(ascii: "."), UInt8(ascii: ".")] else { continue }
            entries.append((name, kind))
        }
        return entries
    }
}
