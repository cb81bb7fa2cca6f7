#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

struct SystemCallFailed: Error {
    let call: String
    let number = errno
}

/// Occupies a port, any unless given, of `::1` with a listener that answers nobody: it accepts nothing, and its queue is full.
func withSilentListener<Result>(port: Int = 0, _ body: (_ port: Int) async throws -> Result) async throws -> Result {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = in_port_t(port).bigEndian
    address.sin6_addr = in6addr_loopback
    #if canImport(Darwin)
    let stream = SOCK_STREAM
    #else
    let stream = CInt(SOCK_STREAM.rawValue)
    #endif
    var sockets: [CInt] = []
    defer { for socket in sockets { close(socket) } }

    func perform(_ call: String, _ work: (UnsafePointer<sockaddr>, socklen_t) -> CInt) throws -> CInt {
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                work($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        guard result == 0 || call == "connect" else { throw SystemCallFailed(call: call) }
        return result
    }

    let listener = socket(AF_INET6, stream, 0)
    sockets.append(listener)
    _ = try perform("bind") { bind(listener, $0, $1) }
    guard listen(listener, 0) == 0 else { throw SystemCallFailed(call: "listen") }
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
    }
    // Connections that nobody accepts, until the next one would wait.
    for _ in 0..<8 {
        let filler = socket(AF_INET6, stream, 0)
        sockets.append(filler)
        _ = fcntl(filler, F_SETFL, O_NONBLOCK)
        _ = try perform("connect") { connect(filler, $0, $1) }
    }
    return try await body(Int(in_port_t(bigEndian: address.sin6_port)))
}
