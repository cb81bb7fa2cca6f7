import GeminiServer
import NIOCore
import Testing

@Suite("The PROXY header, as its sender")
struct ProxyHeaderTests {
    static func header(_ source: String, _ destination: String, authority: String? = nil) throws -> ProxyHeader {
        ProxyHeader(
            source: try SocketAddress(ipAddress: source, port: 56324),
            destination: try SocketAddress(ipAddress: destination, port: 1965),
            authority: authority
        )
    }

    @Test(
        "PP-10, PP-24: a line of text",
        arguments: [
            ("192.0.2.1", "198.51.100.2", "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1965\r\n"),
            ("2001:db8::1", "2001:db8::2", "PROXY TCP6 2001:db8::1 2001:db8::2 56324 1965\r\n"),
            ("::ffff:192.0.2.1", "::ffff:198.51.100.2", "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1965\r\n"),
            ("192.0.2.1", "2001:db8::2", "PROXY UNKNOWN\r\n"),
        ]
    )
    func first(_ source: String, _ destination: String, _ expected: String) throws {
        #expect(String(buffer: try Self.header(source, destination).encoded(.v1)) == expected)
    }

    @Test("PP-11: addresses that are not known, or no IP addresses, are told as unknown")
    func unknown() throws {
        #expect(String(buffer: ProxyHeader(source: nil, destination: nil).encoded(.v1)) == "PROXY UNKNOWN\r\n")
        let socket = try SocketAddress(unixDomainSocketPath: "/run/x")
        #expect(String(buffer: ProxyHeader(source: socket, destination: socket).encoded(.v1)) == "PROXY UNKNOWN\r\n")
    }

    private static let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 0x51, 0x55, 0x49, 0x54, 10]

    @Test("PP-20, PP-22: a block of bytes, with the name that was asked for")
    func second() throws {
        let ports: [UInt8] = [0xDC, 0x04, 0x07, 0xAD]
        let ipv4 = try Self.header("192.0.2.1", "198.51.100.2").encoded(.v2)
        #expect(
            Array(ipv4.readableBytesView) == Self.signature + [0x21, 0x11, 0, 12, 192, 0, 2, 1, 198, 51, 100, 2] + ports
        )
        let named = try Self.header("192.0.2.1", "198.51.100.2", authority: "h.x").encoded(.v2)
        #expect(
            Array(named.readableBytesView) == Self.signature + [0x21, 0x11, 0, 18, 192, 0, 2, 1, 198, 51, 100, 2]
                + ports
                + [0x02, 0, 3] + Array("h.x".utf8)
        )
        let zeros = [UInt8](repeating: 0, count: 11)
        let ipv6 = try Self.header("2001:db8::1", "2001:db8::2").encoded(.v2)
        #expect(
            Array(ipv6.readableBytesView) == Self.signature + [0x21, 0x21, 0, 36, 0x20, 1, 0x0D, 0xB8] + zeros + [1]
                + [0x20, 1, 0x0D, 0xB8] + zeros + [2] + ports
        )
        let unknown = ProxyHeader(source: nil, destination: nil).encoded(.v2)
        #expect(Array(unknown.readableBytesView) == Self.signature + [0x21, 0x00, 0, 0])
    }
}
