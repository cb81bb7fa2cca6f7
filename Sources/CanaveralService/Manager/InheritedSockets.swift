#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The listening sockets that a service manager opened and handed over (sd_listen_fds(3)), in its order.
///
/// They outlive the process: while one that ends is replaced by the next, clients wait in the queue of a socket, and none
/// is refused.
package struct InheritedSockets: Hashable, Sendable {
    package struct Socket: Hashable, Sendable {
        /// `FileDescriptorName=` of its unit; by default the unit's own name, as in `canaveral.socket`.
        package var name: String
        package var descriptor: CInt
    }

    package let sockets: [Socket]

    /// Takes the sockets over: nothing that this process starts inherits them.
    ///
    /// There are none where the environment says so, or means another process.
    ///
    /// - Parameters:
    ///   - process: the id of this process; the system's by default.
    ///   - first: the first descriptor; the protocol's by default.
    package init(
        environment: ServiceEnvironment,
        process: Int32? = nil,
        first: CInt = 3
    ) throws(InheritedSocketsError) {
        guard environment["LISTEN_PID"] == String(process ?? getpid()), let text = environment["LISTEN_FDS"] else {
            self.sockets = []
            return
        }
        guard let count = UInt16(text) else { throw .badCount(text) }
        var names = Array(repeating: "unknown", count: Int(count))
        if let listed = environment["LISTEN_FDNAMES"] {
            names = count == 0 ? [] : listed.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard names.count == count else { throw .badNames(count: Int(count), names: names.count) }
        }
        var sockets: [Socket] = []
        for (descriptor, name) in zip(first..., names) {
            guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw .missing(descriptor: descriptor) }
            guard Self.listens(descriptor) else { throw .notListening(name: name, descriptor: descriptor) }
            sockets.append(Socket(name: name, descriptor: descriptor))
        }
        self.sockets = sockets
    }

    /// The descriptors of the sockets of a name: a unit may have several `ListenStream=`.
    ///
    /// - Throws: ``InheritedSocketsError/unknownName(_:known:)`` if there is none.
    package func descriptors(named name: String) throws(InheritedSocketsError) -> [CInt] {
        let descriptors = self.sockets.filter { $0.name == name }.map(\.descriptor)
        guard !descriptors.isEmpty else {
            var known: [String] = []
            for socket in self.sockets where !known.contains(socket.name) { known.append(socket.name) }
            throw .unknownName(name, known: known)
        }
        return descriptors
    }

    /// The names that nobody asks for: clients of their sockets would wait for ever.
    package func names(besides used: some Sequence<String>) -> [String] {
        let used = Set(used)
        var names: [String] = []
        for socket in self.sockets where !used.contains(socket.name) && !names.contains(socket.name) {
            names.append(socket.name)
        }
        return names
    }

    private static func listens(_ descriptor: CInt) -> Bool {
        var listens: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0
    }
}
