import GeminiProtocol
import NIOCore

/// The IP address of a socket, as a number. An IPv4 address that came over an IPv6 socket is an IPv4 address.
enum InternetAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt128)

    /// Reads the address in place: nothing is allocated. A Unix socket has none.
    init?(_ address: SocketAddress) {
        // IPv4 addresses stand at byte 4 and IPv6 addresses at byte 8, in network order, on every system.
        switch address {
        case .v4:
            self = .v4(Self.integer(at: 4, of: address))
        case .v6:
            self.init(v6: Self.integer(at: 8, of: address))
        case .unixDomainSocket:
            return nil
        }
    }

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets or zone.
    init?(_ text: some StringProtocol) {
        if let address = IPv4Address(String(text)) {
            self = .v4(address.rawValue)
        } else if let address = IPv6Address(String(text)) {
            self.init(v6: address.rawValue)
        } else {
            return nil
        }
    }

    private init(v6 bits: UInt128) {
        self = IPv6Address(rawValue: bits).ipv4Mapped.map { .v4($0.rawValue) } ?? .v6(bits)
    }

    private static func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int,
        of address: SocketAddress
    ) -> Integer {
        unsafe address.withSockAddr { pointer, size in
            let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: size)
            return unsafe Integer(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self))
        }
    }
}
