import CLinux
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Landlock rules, made once and taken on by each program of a folder.
final class AccessRules: Sendable {
    let descriptor: CInt

    /// - Returns: `nil` where the kernel has no Landlock.
    init?(folder: String, _ confinement: CGI.Confinement) throws(CGIError) {
        let version = clinux_landlock_version()
        guard version > 0 else { return nil }
        self.descriptor = clinux_landlock_create(version)
        guard self.descriptor >= 0 else { return nil }
        for path in CGI.Confinement.system { _ = unsafe clinux_landlock_allow(self.descriptor, version, path, 0) }
        for path in CGI.Confinement.devices { _ = unsafe clinux_landlock_allow(self.descriptor, version, path, 1) }
        let grants =
            ([folder] + confinement.readable).map { ($0, CInt(0)) } + confinement.writable.map { ($0, CInt(1)) }
        for (path, writes) in grants {
            guard unsafe clinux_landlock_allow(self.descriptor, version, path, writes) == 0 else {
                throw .grant(FileError(path: path, errno: errno))
            }
        }
    }

    deinit {
        if self.descriptor >= 0 { _ = close(self.descriptor) }
    }
}
