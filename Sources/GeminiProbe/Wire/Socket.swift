#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A TCP connection without TLS whose every operation waits no longer than it is told to.
struct Socket: ~Copyable {
    enum Arrival {
        case bytes(Int)
        /// FIN.
        case finished
        /// RST, or the network's word that there is nobody.
        case reset
        /// Nothing until the deadline.
        case silence
    }

    private let descriptor: CInt

    /// Connects, with Nagle's algorithm off, so that each send is a packet.
    ///
    /// - Parameter receiveBuffer: the size of the receive buffer, which bounds what the server can send unread.
    init(to address: NetworkAddress, receiveBuffer: Int?, deadline: Deadline) throws(ProbeError) {
        #if canImport(Darwin)
        let stream = SOCK_STREAM
        #else
        let stream = CInt(SOCK_STREAM.rawValue)
        #endif
        self.descriptor = socket(address.isIPv6 ? AF_INET6 : AF_INET, stream, 0)
        guard self.descriptor >= 0 else { throw .unreachable(reason: Self.text(of: errno)) }
        _ = fcntl(self.descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(self.descriptor, F_SETFL, O_NONBLOCK)
        self.set(CInt(IPPROTO_TCP), TCP_NODELAY, 1)
        #if canImport(Darwin)
        self.set(SOL_SOCKET, SO_NOSIGPIPE, 1)
        #endif
        if let receiveBuffer { self.set(SOL_SOCKET, SO_RCVBUF, CInt(receiveBuffer)) }

        let result = address.withSockaddr { connect(self.descriptor, $0, $1) }
        guard result != 0 else { return }
        guard errno == EINPROGRESS || errno == EINTR else { throw .unreachable(reason: Self.text(of: errno)) }
        guard self.isReady(for: CInt(POLLOUT), by: deadline) else { throw .unreachable(reason: "no answer in time") }
        var error: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        getsockopt(self.descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
        guard error == 0 else { throw .unreachable(reason: Self.text(of: error)) }
    }

    deinit {
        close(self.descriptor)
    }

    /// Sends all of the bytes.
    ///
    /// - Throws: ``ProbeError/reset`` when the server does not take them any more, ``ProbeError/silence`` when the
    ///   deadline passes before it has taken all of them.
    borrowing func send(_ bytes: UnsafeRawBufferPointer, deadline: Deadline) throws(ProbeError) {
        #if canImport(Darwin)
        let flags: CInt = 0
        #else
        let flags = CInt(MSG_NOSIGNAL)
        #endif
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Darwin)
            let sent = Darwin.send(
                self.descriptor,
                UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                rest.count,
                flags
            )
            #elseif canImport(Glibc)
            let sent = Glibc.send(
                self.descriptor,
                UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                rest.count,
                flags
            )
            #elseif canImport(Musl)
            let sent = Musl.send(self.descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, flags)
            #endif
            if sent > 0 {
                rest = rest.dropFirst(sent)
            } else if errno == EAGAIN {
                guard self.isReady(for: CInt(POLLOUT), by: deadline) else { throw .silence }
            } else if errno != EINTR {
                throw .reset
            }
        }
    }

    borrowing func receive(into buffer: UnsafeMutableRawBufferPointer, deadline: Deadline) -> Arrival {
        while true {
            let count = recv(self.descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .finished }
            if errno == EAGAIN {
                guard self.isReady(for: CInt(POLLIN), by: deadline) else { return .silence }
            } else if errno != EINTR {
                return .reset
            }
        }
    }

    /// Sends FIN; the server can go on sending.
    borrowing func finish() {
        shutdown(self.descriptor, CInt(SHUT_WR))
    }

    /// Has the connection end with RST when it is closed.
    borrowing func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(self.descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private borrowing func isReady(for events: CInt, by deadline: Deadline) -> Bool {
        while true {
            var entry = pollfd(fd: self.descriptor, events: Int16(events), revents: 0)
            let result = poll(&entry, 1, deadline.milliseconds)
            if result > 0 { return true }
            if result < 0, errno != EINTR { return true }
            if deadline.hasPassed { return false }
        }
    }

    private borrowing func set(_ level: CInt, _ option: CInt, _ value: CInt) {
        var value = value
        setsockopt(self.descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
    }

    private static func text(of error: CInt) -> String {
        let text = String(cString: strerror(error))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
