import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The addresses that a name stands for.
enum AddressResolution {
    /// Asks the system, which can take seconds.
    static func addresses(of host: String, port: Int) throws(BenchmarkError) -> [SocketAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #else
        unsafe hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let result = unsafe getaddrinfo(host, String(port), &hints, &list)
        guard result == 0, let first = unsafe list else {
            throw .unknownHost(host, reason: unsafe String(cString: gai_strerror(result)))
        }
        defer { unsafe freeaddrinfo(first) }
        var addresses: [SocketAddress] = []
        var next: UnsafeMutablePointer<addrinfo>? = unsafe first
        while let entry = unsafe next {
            unsafe next = entry.pointee.ai_next
            guard let address = unsafe entry.pointee.ai_addr else { continue }
            switch unsafe entry.pointee.ai_family {
            case AF_INET:
                unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    addresses.append(unsafe SocketAddress($0.pointee))
                }
            case AF_INET6:
                unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    addresses.append(unsafe SocketAddress($0.pointee))
                }
            default:
                continue
            }
        }
        return addresses
    }
}

extension SocketAddress {
    /// The address and port as they stand in a URL.
    var endpointDescription: String {
        let address = self.ipAddress ?? ""
        return (address.contains(":") ? "[\(address)]" : address) + ":\(self.port ?? 0)"
    }

    /// Whether the address is this machine's own: 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        guard let address = self.ipAddress?.lowercased() else { return false }
        return switch self {
        case .v4: address.hasPrefix("127.")
        case .v6: address == "::1" || address.hasPrefix("::ffff:127.")
        case .unixDomainSocket: false
        }
    }
}
