import Canaveral
import NIOCore

extension SocketAddress {
    /// Whether it is a single machine's on the public internet: no private, loopback, link-local, shared or documentation
    /// address, no multicast (the special-purpose registries of RFC 6890).
    var isPublic: Bool {
        guard let text = self.ipAddress, let host = try? Host(text) else { return false }
        return switch host.kind {
        case .ipv4(let address): address.isPublic
        case .ipv6(let address): address.ipv4Mapped?.isPublic ?? address.isPublic
        case .name: false
        }
    }
}

extension IPv4Address {
    private static let special: [(prefix: UInt32, length: UInt32)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12),
        (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15),
        (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 3),
    ]

    fileprivate var isPublic: Bool {
        !Self.special.contains { self.rawValue >> (32 - $0.length) == $0.prefix >> (32 - $0.length) }
    }
}

extension IPv6Address {
    /// Global unicast (2000::/3) without documentation, and without the tunnels that hold an IPv4 address.
    fileprivate var isPublic: Bool {
        let top = UInt32(self.rawValue >> 96)
        return top >> 29 == 1 && top != 0x2001_0DB8 && top != 0x2001_0000 && top >> 16 != 0x2002
    }
}
