#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A file with certificates or a key, read whole.
struct CertificateFile {
    /// A chain of certificates and a key are a few KiB.
    private static let largest = 1 << 20

    let path: String
    let bytes: [UInt8]
    let mode: UInt32
    let owner: UInt32

    /// Reads the file at a path of the operator's, following links.
    init(path: String) throws(IdentityError) {
        // Not blocking, so that a FIFO in its place is refused instead of waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .missing(path: path) : .unreadable(path: path, reason: SystemError.last)
        }
        defer { close(descriptor) }
        try self.init(path: path, descriptor: descriptor)
    }

    /// Reads what is open.
    init(path: String, descriptor: CInt) throws(IdentityError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: SystemError.last) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(
                path: path,
                reason: status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a regular file"
            )
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR {
                continue
            }
            guard count >= 0 else { throw .unreadable(path: path, reason: SystemError.last) }
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= Self.largest else { throw .tooLarge(path: path) }
        }
        guard !bytes.isEmpty else { throw .empty(path: path) }
        self.path = path
        self.bytes = bytes
        self.mode = UInt32(status.st_mode) & 0o7777
        self.owner = status.st_uid
    }
}

/// What the system says about a failed call.
package enum SystemError {
    /// The text for `errno`, such as "Permission denied".
    package static var last: String {
        self.text(errno)
    }

    package static func text(_ code: CInt) -> String {
        String(cString: strerror(code))
    }
}
