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

    /// What programs of every kind read. What is not there is left out. Not `/proc`, where a program would find the
    /// environment of the server, and of all that runs as its user.
    private static let system = [
        "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/usr", "/opt", "/nix/store", "/gnu/store",
        "/etc/alternatives", "/etc/gai.conf", "/etc/host.conf", "/etc/hosts", "/etc/ld.so.cache", "/etc/ld.so.conf",
        "/etc/ld.so.conf.d", "/etc/ld.so.preload", "/etc/locale.alias", "/etc/localtime", "/etc/mime.types",
        "/etc/nsswitch.conf", "/etc/perl", "/etc/pki", "/etc/protocols", "/etc/resolv.conf", "/etc/services",
        "/etc/ssl",
        "/etc/timezone", "/run/systemd/resolve", "/dev/random", "/dev/urandom",
    ]

    private static let devices = ["/dev/full", "/dev/null", "/dev/zero"]

    /// - Returns: `nil` where the kernel has no Landlock.
    init?(folder: String, _ confinement: CGI.Confinement) throws(CGIError) {
        let version = clinux_landlock_version()
        guard version > 0 else { return nil }
        self.descriptor = clinux_landlock_create(version)
        guard self.descriptor >= 0 else { return nil }
        for path in Self.system { _ = unsafe clinux_landlock_allow(self.descriptor, version, path, 0) }
        for path in Self.devices { _ = unsafe clinux_landlock_allow(self.descriptor, version, path, 1) }
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
