#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension StateDirectory {
    /// The folder where this process's state is kept, by its environment and user.
    ///
    /// - Throws: ``IdentityError/noStateDirectory``.
    package static func standard() throws(IdentityError) -> StateDirectory {
        var environment: [String: String] = [:]
        for name in ["STATE_DIRECTORY", "XDG_STATE_HOME", "HOME"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        guard let path = Self.defaultPath(environment: environment, userID: geteuid()) else {
            throw .noStateDirectory
        }
        return StateDirectory(path: path)
    }
}
