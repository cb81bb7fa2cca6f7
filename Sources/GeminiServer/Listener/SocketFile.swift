import NIOConcurrencyHelpers
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The file by which a Unix socket is found. Thread-safe.
final class SocketFile: Sendable {
    /// Which file it is: another server may have put its own in the place of ours.
    private struct Identity: Equatable {
        var device: dev_t
        var number: ino_t
    }

    let path: String
    private let identity: Identity?
    private let isRemoved = NIOLockedValueBox(false)

    /// Binds a socket to a path.
    ///
    /// What a server has left behind that was killed gives way: a socket that nobody listens on. Anything else stays, with
    /// EADDRINUSE where somebody listens, and ENOTSOCK where it is no socket.
    init(binding descriptor: CInt, to path: String) throws(IOError) {
        guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
            throw IOError(errnoCode: ENAMETOOLONG, reason: "bind")
        }
        do throws(IOError) {
            try ListeningSocket.bind(descriptor, to: address)
        } catch {
            guard error.errnoCode == EADDRINUSE else { throw error }
            guard Self.status(path).map({ $0.st_mode & S_IFMT == S_IFSOCK }) ?? true else {
                throw IOError(errnoCode: ENOTSOCK, reason: "bind")
            }
            guard Self.isAbandoned(address) else { throw error }
            unsafe unlink(path)
            try ListeningSocket.bind(descriptor, to: address)
        }
        self.path = path
        self.identity = Self.identity(path)
    }

    func setMode(_ mode: UInt16) {
        guard Self.identity(self.path) == self.identity else { return }
        unsafe chmod(self.path, mode_t(mode))
    }

    /// Removes the file, unless it is another by now.
    func remove() {
        let wasRemoved = self.isRemoved.withLockedValue { isRemoved in
            defer { isRemoved = true }
            return isRemoved
        }
        guard !wasRemoved, let identity = self.identity, Self.identity(self.path) == identity else { return }
        unsafe unlink(self.path)
    }

    /// Whether nobody listens there. Where that cannot be told, somebody may.
    private static func isAbandoned(_ address: SocketAddress) -> Bool {
        guard let probe = try? ListeningSocket.open(AF_UNIX) else { return false }
        defer { ListeningSocket.close(probe) }
        // A listener whose queue is full must not keep us.
        _ = fcntl(probe, F_SETFL, O_NONBLOCK)
        let result = unsafe address.withSockAddr { pointer, size in
            unsafe connect(probe, pointer, socklen_t(size))
        }
        return result != 0 && errno == ECONNREFUSED
    }

    private static func identity(_ path: String) -> Identity? {
        Self.status(path).map { Identity(device: $0.st_dev, number: $0.st_ino) }
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }
}
