import GeminiProtocol
public import NIOCore

/// The header of the PROXY protocol, by which a proxy tells the server behind it who the visitor is: it goes over the
/// connection first of all, before TLS (PP-24).
///
/// Whoever may connect to that server can say anything in it, so the server has to take it from its proxy only.
public struct ProxyHeader: Hashable, Sendable {
    /// The forms of the header.
    public enum Version: Hashable, Sendable {
        /// A line of text (PP-10).
        case v1
        /// Binary, with the name that the visitor asked for (PP-20, PP-22).
        case v2
    }

    /// Where the visitor connected from.
    public var source: SocketAddress?
    /// The address of ours that the visitor connected to.
    public var destination: SocketAddress?
    /// The host name that the visitor asked for; only the second version tells it.
    public var authority: String?

    public init(source: SocketAddress?, destination: SocketAddress?, authority: String? = nil) {
        self.source = source
        self.destination = destination
        self.authority = authority
    }

    /// The bytes to send. Addresses that are no two IP addresses of one kind are told as unknown.
    public func encoded(_ version: Version) -> ByteBuffer {
        switch version {
        case .v1: ByteBuffer(string: self.line)
        case .v2: self.block
        }
    }
}

extension ProxyHeader {
    private var addresses: (source: Endpoint, destination: Endpoint)? {
        guard let source = self.source.flatMap({ Endpoint($0) }),
            let destination = self.destination.flatMap({ Endpoint($0) }),
            source.isIPv6 == destination.isIPv6
        else { return nil }
        return (source, destination)
    }

    private var line: String {
        guard let (source, destination) = self.addresses else { return "PROXY UNKNOWN\r\n" }
        let family = source.isIPv6 ? "TCP6" : "TCP4"
        return "PROXY \(family) \(source.text) \(destination.text) \(source.port) \(destination.port)\r\n"
    }

    private var block: ByteBuffer {
        var rest = ByteBuffer()
        var family: UInt8 = 0x00
        if let (source, destination) = self.addresses {
            family = source.isIPv6 ? 0x21 : 0x11
            rest.writeBytes(source.bytes)
            rest.writeBytes(destination.bytes)
            rest.writeInteger(source.port)
            rest.writeInteger(destination.port)
        }
        if let authority, let length = UInt16(exactly: authority.utf8.count), length <= 255 {
            rest.writeInteger(UInt8(0x02))
            rest.writeInteger(length)
            rest.writeString(authority)
        }
        var header = ByteBuffer(bytes: [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A])
        header.writeInteger(UInt8(0x21))
        header.writeInteger(family)
        header.writeInteger(UInt16(rest.readableBytes))
        header.writeBuffer(&rest)
        return header
    }

    /// An IP address and a port. An IPv4 address that came over an IPv6 socket is an IPv4 address.
    private struct Endpoint {
        var text: String
        var bytes: [UInt8]
        var isIPv6: Bool
        var port: UInt16

        init?(_ address: SocketAddress) {
            guard let text = address.ipAddress, let port = address.port.flatMap({ UInt16(exactly: $0) }) else {
                return nil
            }
            self.port = port
            // A link-local address may name its interface, which means nothing elsewhere.
            let bare = String(text.prefix { $0 != "%" })
            if let address = IPv4Address(bare) ?? IPv6Address(bare)?.ipv4Mapped {
                self.text = address.description
                self.bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address.rawValue >> $0) }
                self.isIPv6 = false
            } else if let address = IPv6Address(bare) {
                self.text = address.description
                self.bytes = address.bytes
                self.isIPv6 = true
            } else {
                return nil
            }
        }
    }
}
