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
            self.init(IPv6Address(rawValue: Self.integer(at: 8, of: address)))
        case .unixDomainSocket:
            return nil
        }
    }

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets or zone.
    init?(_ text: some StringProtocol) {
        if let address = IPv4Address(String(text)) {
            self = .v4(address.rawValue)
        } else if let address = IPv6Address(String(text)) {
            self.init(address)
        } else {
            return nil
        }
    }

    init(_ address: IPv6Address) {
        self = address.ipv4Mapped.map { .v4($0.rawValue) } ?? .v6(address.rawValue)
    }

    /// The bytes in network order.
    var bytes: [UInt8] {
        switch self {
        case .v4(let bits): IPv4Address(rawValue: bits).bytes
        case .v6(let bits): IPv6Address(rawValue: bits).bytes
        }
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
