import NIOCore

extension SocketAddress {
    /// An IP address and a port.
    init?(_ address: InternetAddress, port: UInt16) {
        guard let address = try? SocketAddress(packedIPAddress: ByteBuffer(bytes: address.bytes), port: Int(port))
        else {
            return nil
        }
        self = address
    }

    /// An IPv4 address that came over an IPv6 socket as the IPv4 address that it is; anything else as it is.
    var unmapped: SocketAddress {
        guard case .v6 = self, case .v4(let bits) = InternetAddress(self), let port = self.port else { return self }
        return SocketAddress(.v4(bits), port: UInt16(truncatingIfNeeded: port)) ?? self
    }
}
