package import NIOCore

/// The addresses that count as one client: an IPv4 address, or an IPv6 network of 64 bits, which is what one subscriber
/// has.
package enum ClientNetwork: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt64)

    package init?(_ address: SocketAddress) {
        switch InternetAddress(address) {
        case .v4(let bits): self = .v4(bits)
        case .v6(let bits): self = .v6(UInt64(truncatingIfNeeded: bits >> 64))
        case nil: return nil
        }
    }
}
