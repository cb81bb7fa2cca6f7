import CLinux
import NIOConcurrencyHelpers
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A socket that listens on one address, until this goes and each duplicate is closed; whoever accepts from it has a
/// duplicate.
final class ListeningSocket: Sendable {
    /// The connections that the kernel completes before they are accepted: enough for a burst of a thousand. The
    /// kernel caps it by itself (`net.core.somaxconn`).
    static let backlog: CInt = 4096

    private let descriptor: CInt
    private let isClosed = NIOLockedValueBox(false)

    /// Binds and listens. An IPv6 socket is for IPv6 only, whatever the system's default: IPv4 has one of its own.
    ///
    /// - Parameters:
    ///   - reusesPort: whether another process may have the address too.
    ///   - stallTimeout: how long the kernel itself keeps what a client does not take.
    init(on address: SocketAddress, reusesPort: Bool, stallTimeout: Duration) throws(IOError) {
        let family: CInt =
            switch address {
            case .v4: AF_INET
            case .v6: AF_INET6
            case .unixDomainSocket: AF_UNIX
            }
        #if canImport(Darwin)
        let stream = SOCK_STREAM
        #else
        let stream = CInt(SOCK_STREAM.rawValue)
        #endif
        self.descriptor = try Self.call("socket") { socket(family, stream, 0) }
        _ = fcntl(self.descriptor, F_SETFD, FD_CLOEXEC)
        try self.set(SOL_SOCKET, SO_REUSEADDR)
        if family == AF_INET6 { try self.set(CInt(IPPROTO_IPV6), IPV6_V6ONLY) }
        if reusesPort { try self.set(SOL_SOCKET, SO_REUSEPORT) }
        #if os(Linux)
        if family != AF_UNIX { try self.bound(stallTimeout) }
        #endif
        try self.bind(to: address)
        try self.listen()
    }

    #if os(Linux)
    /// Bytes that the kernel takes ahead of what it may send: enough to keep it busy while we are not.
    private static let maximumUnsent: CInt = 128 * 1024

    /// Bounds what a client that does not read costs the kernel, which by itself takes megabytes for it and keeps them for
    /// minutes after the connection is closed here. Connections that are accepted inherit it.
    private func bound(_ stallTimeout: Duration) throws(IOError) {
        try self.set(CInt(IPPROTO_TCP), CInt(CLINUX_TCP_NOTSENT_LOWAT), Self.maximumUnsent)
        // Later than we would: it is for what we have no say in any more.
        let milliseconds = min(stallTimeout / .milliseconds(1) * 2, Double(CInt.max))
        try self.set(CInt(IPPROTO_TCP), CInt(CLINUX_TCP_USER_TIMEOUT), CInt(milliseconds))
    }
    #endif

    deinit {
        self.close()
    }

    /// Closes this descriptor of the socket; nothing else may be asked of it afterwards.
    func close() {
        let wasClosed = self.isClosed.withLockedValue { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        guard !wasClosed else { return }
        #if canImport(Darwin)
        _ = Darwin.close(self.descriptor)
        #elseif canImport(Glibc)
        _ = Glibc.close(self.descriptor)
        #elseif canImport(Musl)
        _ = Musl.close(self.descriptor)
        #endif
    }

    /// Another descriptor of the same socket: both accept from one queue.
    func duplicate() throws(IOError) -> CInt {
        try Self.call("dup") { fcntl(self.descriptor, F_DUPFD_CLOEXEC, 3) }
    }

    /// Sets the backlog, which whatever takes over a duplicate may have changed.
    func listen() throws(IOError) {
        let descriptor = self.descriptor
        #if canImport(Darwin)
        _ = try Self.call("listen") { Darwin.listen(descriptor, Self.backlog) }
        #elseif canImport(Glibc)
        _ = try Self.call("listen") { Glibc.listen(descriptor, Self.backlog) }
        #elseif canImport(Musl)
        _ = try Self.call("listen") { Musl.listen(descriptor, Self.backlog) }
        #endif
    }

    /// Whether a connection waits to be accepted. Does not wait itself.
    var hasWaiting: Bool {
        var entry = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) > 0
    }

    private func bind(to address: SocketAddress) throws(IOError) {
        let descriptor = self.descriptor
        _ = try Self.call("bind") {
            unsafe address.withSockAddr { pointer, size in
                #if canImport(Darwin)
                unsafe Darwin.bind(descriptor, pointer, socklen_t(size))
                #elseif canImport(Glibc)
                unsafe Glibc.bind(descriptor, pointer, socklen_t(size))
                #elseif canImport(Musl)
                unsafe Musl.bind(descriptor, pointer, socklen_t(size))
                #endif
            }
        }
    }

    private func set(_ level: CInt, _ option: CInt, _ value: CInt = 1) throws(IOError) {
        var value = value
        let descriptor = self.descriptor
        _ = try Self.call("setsockopt") {
            unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
        }
    }

    private static func call(_ name: String, _ body: () -> CInt) throws(IOError) -> CInt {
        let result = body()
        guard result >= 0 else { throw IOError(errnoCode: errno, reason: name) }
        return result
    }
}
