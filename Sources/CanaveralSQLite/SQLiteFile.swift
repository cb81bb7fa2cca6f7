#if SQLite
import Canaveral
import GRDB
#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Makes and opens the file of a ``SQLiteStore``.
enum SQLiteFile {
    /// Makes an empty file for the user only, when there is none. SQLite gives the files beside it the same mode.
    static func create(at path: String) throws(StoreError) {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, mode_t(0o600))
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw StoreError.unavailable("The store \(path) cannot be opened: \(reason).")
        }
        close(descriptor)
    }

    /// Opens it, once more when another process is changing it to write-ahead logging at the moment, for which SQLite
    /// waits for nobody.
    static func pool(at path: String, configuration: Configuration) throws -> DatabasePool {
        for _ in 0..<100 {
            do {
                return try DatabasePool(path: path, configuration: configuration)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                usleep(20_000)
            }
        }
        return try DatabasePool(path: path, configuration: configuration)
    }
}
#endif
