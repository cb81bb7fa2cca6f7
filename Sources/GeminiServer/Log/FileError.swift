#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that could not be opened, as one sentence.
public struct FileError: Error, Hashable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// The system's error number.
    public var errno: CInt

    public init(path: String, errno: CInt) {
        self.path = path
        self.errno = errno
    }

    public var description: String {
        "\(self.path): \(Self.reason(self.errno))."
    }

    /// The system's words for an error number.
    package static func reason(_ errno: CInt) -> String {
        unsafe String(cString: strerror(errno))
    }
}
