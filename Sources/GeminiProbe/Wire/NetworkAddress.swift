#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An IPv4 or IPv6 address with a port, as connect(2) takes it.
package struct NetworkAddress: Sendable, Hashable {
    /// A sockaddr_in or sockaddr_in6, byte by byte.
    private let bytes: [UInt8]

    /// The address in numbers, without brackets.
    package let host: String

    package let port: UInt16

    package let isIPv6: Bool

    /// All addresses of a host, in the order in which the system prefers them.
    ///
    /// Waits for the resolver, which has time limits of its own: call it on a thread that may wait.
    ///
    /// - Throws: ``ProbeError/unresolvable(host:reason:)``.
    package static func resolve(_ host: String, port: UInt16) throws(ProbeError) -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Darwin)
        hints.ai_socktype = SOCK_STREAM
        #else
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #endif
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, String(port), &hints, &list)
        guard result == 0 else {
            throw .unresolvable(host: host, reason: String(cString: gai_strerror(result)))
        }
        defer { freeaddrinfo(list) }
        var addresses: [NetworkAddress] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ai_next
            guard let address = NetworkAddress(entry, port: port), !addresses.contains(address) else { continue }
            addresses.append(address)
        }
        guard !addresses.isEmpty else { throw .unresolvable(host: host, reason: "it has no address") }
        return addresses
    }

    private init?(_ entry: addrinfo, port: UInt16) {
        guard let address = entry.ai_addr, entry.ai_family == AF_INET || entry.ai_family == AF_INET6 else { return nil }
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard getnameinfo(address, entry.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else {
            return nil
        }
        self.bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen)))
        self.host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.port = port
        self.isIPv6 = entry.ai_family == AF_INET6
    }

    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        // Copied into storage that is aligned for every family.
        var storage = sockaddr_storage()
        return withUnsafeMutableBytes(of: &storage) { buffer in
            buffer.copyBytes(from: self.bytes)
            return body(buffer.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(self.bytes.count))
        }
    }
}

extension NetworkAddress: CustomStringConvertible {
    /// The address as it stands in a URL: `192.0.2.1:1965` or `[2001:db8::1]:1965`.
    package var description: String {
        self.isIPv6 ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
    }
}
