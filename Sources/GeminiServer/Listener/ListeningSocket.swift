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

    let descriptor: CInt
    /// Whether connections come over a Unix socket, and so from no IP address.
    let isUnix: Bool
    /// Whether somebody else has opened it, and keeps it.
    let isInherited: Bool
    /// The file of a Unix socket that was made here.
    let file: SocketFile?
    private let isClosed = NIOLockedValueBox(false)

    /// Binds and listens. An IPv6 socket is for IPv6 only, whatever the system's default: IPv4 has one of its own.
    ///
    /// - Parameters:
    ///   - reusesPort: whether another process may have the address too.
    ///   - stallTimeout: how long the kernel itself keeps what a client does not take.
    init(on address: SocketAddress, reusesPort: Bool, stallTimeout: Duration) throws(IOError) {
        let isIPv6 = if case .v6 = address { true } else { false }
        self.descriptor = try Self.open(isIPv6 ? AF_INET6 : AF_INET)
        (self.isUnix, self.isInherited, self.file) = (false, false, nil)
        try self.set(SOL_SOCKET, SO_REUSEADDR)
        if isIPv6 { try self.set(CInt(IPPROTO_IPV6), IPV6_V6ONLY) }
        if reusesPort { try self.share(true) }
        try self.bound(stallTimeout)
        try Self.bind(self.descriptor, to: address)
        try self.listen()
    }

    /// Binds to an address, on Linux whether this machine has it or not, and does not listen.
    init(binding address: SocketAddress, sharesPort: Bool) throws(IOError) {
        let isIPv6 = if case .v6 = address { true } else { false }
        self.descriptor = try Self.open(isIPv6 ? AF_INET6 : AF_INET)
        (self.isUnix, self.isInherited, self.file) = (false, false, nil)
        try self.set(SOL_SOCKET, SO_REUSEADDR)
        if isIPv6 {
            try self.set(CInt(IPPROTO_IPV6), IPV6_V6ONLY)
            #if os(Linux)
            try self.set(CInt(IPPROTO_IPV6), CInt(CLINUX_IPV6_FREEBIND))
            #endif
        }
        if sharesPort { try self.share(true) }
        try Self.bind(self.descriptor, to: address)
    }

    /// Makes a Unix socket, and listens.
    ///
    /// - Parameter mode: the permissions of its file, which it has before anybody can connect.
    init(at path: String, mode: UInt16) throws(IOError) {
        self.descriptor = try Self.open(AF_UNIX)
        (self.isUnix, self.isInherited) = (true, false)
        do throws(IOError) {
            self.file = try SocketFile(binding: self.descriptor, to: path)
        } catch {
            self.file = nil
            throw error
        }
        self.file?.setMode(mode)
        try self.listen()
    }

    /// Takes a socket that listens already.
    ///
    /// - Parameter descriptor: stays the caller's.
    init(inheriting descriptor: CInt, stallTimeout: Duration) throws(IOError) {
        self.descriptor = try Self.call("dup") { fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }
        (self.isInherited, self.file) = (true, nil)
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let duplicate = self.descriptor
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(duplicate, $0, &size)
            }
        }
        let isStream = Self.get(duplicate, SO_TYPE) == Self.stream && Self.get(duplicate, SO_ACCEPTCONN) == 1
        self.isUnix = CInt(address.ss_family) == AF_UNIX
        guard result == 0, isStream else { throw IOError(errnoCode: ENOTSOCK, reason: "getsockopt") }
        if !self.isUnix { try self.bound(stallTimeout) }
        try self.listen()
    }

    #if canImport(Darwin)
    private static let stream = SOCK_STREAM
    #else
    private static let stream = CInt(SOCK_STREAM.rawValue)
    #endif

    static func open(_ family: CInt) throws(IOError) -> CInt {
        let descriptor = try Self.call("socket") { socket(family, Self.stream, 0) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    #if os(Linux)
    /// Bytes that the kernel takes ahead of what it may send: enough to keep it busy while we are not.
    private static let maximumUnsent: CInt = 128 * 1024

    /// Bounds what a client that does not read costs the kernel, which by itself takes megabytes for it and keeps them for
    /// minutes after the connection is closed here. Connections that are accepted inherit it.
    func bound(_ stallTimeout: Duration) throws(IOError) {
        try self.set(CInt(IPPROTO_TCP), CInt(CLINUX_TCP_NOTSENT_LOWAT), Self.maximumUnsent)
        // Later than we would: it is for what we have no say in any more.
        let milliseconds = min(stallTimeout / .milliseconds(1) * 2, Double(CInt.max))
        try self.set(CInt(IPPROTO_TCP), CInt(CLINUX_TCP_USER_TIMEOUT), CInt(milliseconds))
    }
    #else
    func bound(_ stallTimeout: Duration) throws(IOError) {}
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
        self.removeFile()
        Self.close(self.descriptor)
    }

    /// Has nobody find it any more who has not connected yet.
    func removeFile() {
        self.file?.remove()
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

    /// Has nobody begin a connection here any more, without a refusal: who tries will try again a second later, and find
    /// whoever listens in the place of this socket then. Does nothing where the system cannot.
    func dropNewcomers() {
        guard !self.isUnix, !self.isInherited, !self.isClosed.withLockedValue({ $0 }) else { return }
        _ = clinux_drop_newcomers(self.descriptor)
    }

    /// Whether a connection waits to be accepted. Does not wait itself.
    var hasWaiting: Bool {
        guard !self.isClosed.withLockedValue({ $0 }) else { return false }
        var entry = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) > 0
    }

    static func bind(_ descriptor: CInt, to address: SocketAddress) throws(IOError) {
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

    static func close(_ descriptor: CInt) {
        #if canImport(Darwin)
        _ = Darwin.close(descriptor)
        #elseif canImport(Glibc)
        _ = Glibc.close(descriptor)
        #elseif canImport(Musl)
        _ = Musl.close(descriptor)
        #endif
    }

    /// An option of the socket level, if it can be had.
    private static func get(_ descriptor: CInt, _ option: CInt) -> CInt? {
        var value: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, option, &value, &size) == 0 ? value : nil
    }

    func set(_ level: CInt, _ option: CInt, _ value: CInt = 1) throws(IOError) {
        var value = value
        let descriptor = self.descriptor
        _ = try Self.call("setsockopt") {
            unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
        }
    }

    static func call(_ name: String, _ body: () -> CInt) throws(IOError) -> CInt {
        let result = body()
        guard result >= 0 else { throw IOError(errnoCode: errno, reason: name) }
        return result
    }
}
