#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file or socket of the server's own that cannot be, as one sentence.
package struct UnwritablePath: CustomStringConvertible {
    let path: String
    let verb: String
    let errno: CInt

    /// - Parameter verb: what cannot be done with it.
    package init(_ path: String, _ verb: String = "written", errno: CInt) {
        self.path = path
        self.verb = verb
        self.errno = errno
    }

    package var description: String {
        "\(self.path) cannot be \(self.verb) (\(String(cString: strerror(self.errno)))): \(self.advice)."
    }

    private var advice: String {
        switch self.errno {
        case ENOENT, ENOTDIR: "make the folder that it is to be in, or name another place"
        case EACCES, EPERM: "let the server write to its folder, or name another place"
        case EISDIR: "name a file in that folder"
        default: "name another place"
        }
    }
}
