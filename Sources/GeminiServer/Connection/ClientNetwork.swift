package import NIOCore

/// The addresses that count as one client: an IPv4 address, or an IPv6 network of 64 bits, which is what one subscriber
/// has.
package enum ClientNetwork: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt64)

    package init?(_ address: SocketAddress) {
        switch address {
        case .v4:
            self = .v4(UInt32(truncatingIfNeeded: Self.integer(4..<8, of: address)))
        case .v6 where Self.integer(8..<16, of: address) == 0 && Self.integer(16..<20, of: address) == 0xFFFF:
            self = .v4(UInt32(truncatingIfNeeded: Self.integer(20..<24, of: address)))
        case .v6:
            self = .v6(Self.integer(8..<16, of: address))
        case .unixDomainSocket:
            return nil
        }
    }

    /// Bytes of the socket address as a number. IPv4 addresses stand at byte 4 and IPv6 addresses at byte 8, in
    /// network order, on every system.
    private static func integer(_ range: Range<Int>, of address: SocketAddress) -> UInt64 {
        unsafe address.withSockAddr { pointer, size in
            let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: size)
            return unsafe bytes[range].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
