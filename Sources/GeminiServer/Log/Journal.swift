#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// systemd's journal behind standard output or standard error (systemd.exec(5), `JOURNAL_STREAM`).
///
/// The journal keeps the time and the priority of each line by itself: a line to it begins with its priority, as in
/// `<4>The certificate expires soon.`, and with no time (sd-daemon(3)).
package enum Journal {
    /// Priorities, as syslog numbers them.
    package enum Priority: Int, Sendable {
        case critical = 2
        case error = 3
        case warning = 4
        case notice = 5
        case info = 6
        case debug = 7

        /// What a line of this priority begins with.
        package var prefix: String { "<\(self.rawValue)>" }
    }

    /// Whether what is written to a descriptor goes to the journal.
    ///
    /// A program may have been started with the journal behind its streams, and have had one of them redirected since: the
    /// file behind the descriptor has to be the one that the variable names.
    ///
    /// - Parameter stream: the value of `JOURNAL_STREAM`, which is a device and an inode, as in `8:61214`.
    package static func receives(_ descriptor: CInt, stream: String? = Self.stream) -> Bool {
        guard let stream else { return false }
        let parts = stream.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]) else { return false }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return false }
        return UInt64(truncatingIfNeeded: status.st_dev) == device
            && UInt64(truncatingIfNeeded: status.st_ino) == inode
    }

    /// What the environment of the process says.
    package static var stream: String? {
        unsafe getenv("JOURNAL_STREAM").map { unsafe String(cString: $0) }
    }
}
