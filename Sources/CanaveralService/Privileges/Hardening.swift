import CLinux

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Rights that a server gives up whoever it runs as.
package enum Hardening {
    /// No core dumps and no debugger, which would show the keys; files that it makes are for its user alone unless they
    /// are made otherwise; and unless programs may need it, no program with special rights gives it any.
    ///
    /// To be called first of all, before there is a second thread.
    ///
    /// - Parameter programsMayChangeUser: whether programs that the server starts unconfined may be set-user-ID ones.
    package static func apply(programsMayChangeUser: Bool = false) throws(PrivilegesError) {
        umask(0o077)
        guard clinux_forbid_dumps() == 0 else { throw .refused("do without core dumps", errno: errno) }
        #if os(Linux)
        guard programsMayChangeUser || clinux_forbid_new_privileges() == 0 else {
            throw .refused("do without new privileges", errno: errno)
        }
        #endif
    }
}
