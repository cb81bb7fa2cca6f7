import CNIOBoringSSL

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What BoringSSL reads from and writes to: a socket, with a buffer for reading.
///
/// BoringSSL asks for the five bytes of a record's head and then for its body. The buffer makes one system call of those
/// of a whole flight, and lets writing to a connection that the peer has reset fail without a signal, which BoringSSL's
/// own sockets do not. It is made once for each slot of a worker and used for one connection after the other.
@safe final class SocketTransport {
    private static let capacity = 32 * 1024

    /// BoringSSL's view of this transport.
    let bio: OpaquePointer
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    private var start = 0
    private var end = 0
    private var descriptor: CInt = -1
    /// What the last failing system call left, 0 for an end of the stream.
    private(set) var lastError: CInt = 0

    init() {
        guard let bio = unsafe BIO_new(Self.method) else { preconditionFailure("No memory for a BIO") }
        unsafe self.bio = unsafe bio
        // The transport outlives every use of its BIO: TLSConnection keeps it.
        unsafe BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        unsafe BIO_set_init(bio, 1)
    }

    deinit {
        unsafe BIO_free(self.bio)
        unsafe self.buffer.deallocate()
    }

    /// Begins with another socket, and nothing read.
    func attach(to socket: TCPSocket) {
        self.descriptor = socket.descriptor
        self.start = 0
        self.end = 0
        self.lastError = 0
    }

    private func read(into target: UnsafeMutablePointer<CChar>, count: CInt) -> CInt {
        if self.start == self.end {
            unsafe BIO_clear_retry_flags(self.bio)
            var received: Int
            repeat {
                received = unsafe recv(self.descriptor, self.buffer.baseAddress, Self.capacity, 0)
            } while received < 0 && errno == EINTR
            guard received > 0 else {
                self.lastError = received == 0 ? 0 : errno
                if received < 0 && errno == EAGAIN { unsafe BIO_set_retry_read(self.bio) }
                return CInt(received)
            }
            self.start = 0
            self.end = received
        }
        let taken = min(Int(count), self.end - self.start)
        unsafe UnsafeMutableRawPointer(target).copyMemory(from: self.buffer.baseAddress! + self.start, byteCount: taken)
        self.start += taken
        return CInt(taken)
    }

    private func write(_ source: UnsafePointer<CChar>, count: CInt) -> CInt {
        unsafe BIO_clear_retry_flags(self.bio)
        #if canImport(Darwin)
        let flags: CInt = 0
        #else
        let flags = CInt(MSG_NOSIGNAL)
        #endif
        var sent: Int
        repeat {
            sent = unsafe send(self.descriptor, source, Int(count), flags)
        } while sent < 0 && errno == EINTR
        if sent < 0 {
            self.lastError = errno
            if errno == EAGAIN { unsafe BIO_set_retry_write(self.bio) }
        }
        return CInt(sent)
    }

    /// The functions that BoringSSL calls; made once, and never freed.
    private nonisolated(unsafe) static let method: OpaquePointer = {
        guard let method = unsafe BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket with a buffer")
        else {
            preconditionFailure("No memory for a BIO_METHOD")
        }
        unsafe BIO_meth_set_read(method) { bio, target, count in
            guard let transport = unsafe SocketTransport.of(bio), let target = unsafe target else { return -1 }
            return unsafe transport.read(into: target, count: count)
        }
        unsafe BIO_meth_set_write(method) { bio, source, count in
            guard let transport = unsafe SocketTransport.of(bio), let source = unsafe source else { return -1 }
            return unsafe transport.write(source, count: count)
        }
        unsafe BIO_meth_set_ctrl(method) { _, command, _, _ in
            command == BIO_CTRL_FLUSH ? 1 : 0
        }
        return unsafe method
    }()

    private static func of(_ bio: OpaquePointer?) -> SocketTransport? {
        guard let bio = unsafe bio, let data = unsafe BIO_get_data(bio) else { return nil }
        return unsafe Unmanaged<SocketTransport>.fromOpaque(data).takeUnretainedValue()
    }
}
