/// The bytes of PROXY headers of the second version, put together by hand.
enum ProxyHeaderBytes {
    static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    static let zeros = [UInt8](repeating: 0, count: 11)
    /// From 56324 to 1965.
    static let ports: [UInt8] = [0xDC, 0x04, 0x07, 0xAD]
    /// From 192.0.2.1 to 198.51.100.2.
    static let ipv4: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 2] + ports
    /// From 2001:db8::1 to 2001:db8::2.
    static let ipv6: [UInt8] = [0x20, 1, 0x0D, 0xB8] + zeros + [1] + [0x20, 1, 0x0D, 0xB8] + zeros + [2] + ports

    static func header(_ family: UInt8, _ rest: some Collection<UInt8>, command: UInt8 = 0x21) -> [UInt8] {
        self.signature + [command, family, UInt8(rest.count >> 8), UInt8(rest.count & 0xFF)] + rest
    }

    static func field(_ type: UInt8, _ value: [UInt8]) -> [UInt8] {
        [type, UInt8(value.count >> 8), UInt8(value.count & 0xFF)] + value
    }
}
