#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A datagram socket that is connected to a service manager's. It goes on working where its address cannot be reached any
/// more: in a changed root, and behind a sandbox.
final class NotifySocket: Sendable {
    private let descriptor: CInt

    /// - Parameter address: a path, or `@` and the name of an abstract socket.
    init(address text: String) throws(ServiceNotifierError) {
        var name = Array(text.utf8)
        guard name.count > 1, name[0] == UInt8(ascii: "/") || name[0] == UInt8(ascii: "@"), !name.contains(0) else {
            throw .unknownAddress(text)
        }
        let isAbstract = name[0] == UInt8(ascii: "@")
        if isAbstract { name[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // A path ends with a zero, the name of an abstract socket with its length.
        let length = name.count + (isAbstract ? 0 : 1)
        guard length <= MemoryLayout.size(ofValue: address.sun_path) else { throw .unknownAddress(text) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let size = MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + length

        #if canImport(Darwin)
        let kind = SOCK_DGRAM
        #elseif canImport(Glibc)
        let kind = CInt(SOCK_DGRAM.rawValue)
        #else
        let kind = SOCK_DGRAM
        #endif
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw .unreachable(text, errno: errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // A manager that does not read holds nobody up for long.
        var patience = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(size)) }
        }
        guard result == 0 else {
            let error = errno
            _ = close(descriptor)
            throw .unreachable(text, errno: error)
        }
        self.descriptor = descriptor
    }

    deinit {
        _ = close(self.descriptor)
    }

    /// Sends one message.
    ///
    /// - Returns: 0, or the system's error number.
    func send(_ message: String) -> CInt {
        #if canImport(Darwin)
        let flags: CInt = 0
        #else
        let flags = CInt(MSG_NOSIGNAL)
        #endif
        var message = message
        return message.withUTF8 { bytes in
            while true {
                #if canImport(Darwin)
                let sent = Darwin.send(self.descriptor, bytes.baseAddress, bytes.count, flags)
                #elseif canImport(Glibc)
                let sent = Glibc.send(self.descriptor, bytes.baseAddress, bytes.count, flags)
                #elseif canImport(Musl)
                let sent = Musl.send(self.descriptor, bytes.baseAddress, bytes.count, flags)
                #endif
                if sent >= 0 { return 0 }
                if errno != EINTR { return errno }
            }
        }
    }
}
