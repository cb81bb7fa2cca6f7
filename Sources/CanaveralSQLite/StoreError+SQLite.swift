#if SQLite
import Canaveral
import GRDB

extension StoreError {
    init(_ error: DatabaseError, path: String) {
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL:
            self = .full("The store \(path) is full: \(reason).")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .unavailable("The store \(path) is held by another process for too long: \(reason).")
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            self = .unavailable("The store \(path) is not a whole SQLite file; restore it from a copy: \(reason).")
        default:
            self = .unavailable("The store \(path) fails: \(reason).")
        }
    }
}
#endif
