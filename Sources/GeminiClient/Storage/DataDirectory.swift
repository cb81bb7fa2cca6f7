#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The folder of what a user's clients keep.
enum DataDirectory {
    /// `$XDG_DATA_HOME/canaveral`, else `$HOME/.local/share/canaveral`, on every system. Relative paths in these
    /// variables count for nothing, as the XDG specification has it.
    ///
    /// - Returns: `nil` where neither is usable.
    static func path(environment: [String: String]) -> String? {
        if let home = environment["XDG_DATA_HOME"], home.hasPrefix("/") {
            return home + "/canaveral"
        }
        if let home = environment["HOME"], home.hasPrefix("/") {
            return home + "/.local/share/canaveral"
        }
        return nil
    }

    /// The folder by this process's environment.
    static func standard() throws(StorageError) -> String {
        var environment: [String: String] = [:]
        for name in ["XDG_DATA_HOME", "HOME"] {
            if let value = unsafe getenv(name) {
                environment[name] = unsafe String(cString: value)
            }
        }
        guard let path = Self.path(environment: environment) else { throw .noDataDirectory }
        return path
    }
}
