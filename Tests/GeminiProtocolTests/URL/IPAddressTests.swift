import GeminiProtocol
import Testing

@Suite("Addresses")
struct IPAddressTests {
    @Test(
        "GP-024: IPv4 addresses are read and written",
        arguments: [
            ("0.0.0.0", 0), ("127.0.0.1", 0x7F00_0001), ("192.0.2.255", 0xC000_02FF), ("255.255.255.255", 0xFFFF_FFFF),
        ] as [(String, UInt32)]
    )
    func ipv4(text: String, value: UInt32) throws {
        let address = try #require(IPv4Address(text))
        #expect(address.rawValue == value)
        #expect(address.description == text)
        #expect(address.bytes == (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) })
        let host = try Host(text)
        #expect(host.kind == .ipv4(address))
        #expect(host.isIPAddress)
        #expect(host.name == nil)
        #expect(host == Host(address))
    }

    @Test(
        "IPv4 addresses have one spelling",
        arguments: [
            "", "1", "1.2.3", "1.2.3.", "1.2.3.4.", ".1.2.3.4", "1..2.3", "1.2.3.256", "1.2.3.04", "00.1.2.3",
            "1.2.3.4 ",
            "1.2.3.x", "1.2.3.-4", "1.2.3.1234", "1.2.3.4.5", "+1.2.3.4",
        ]
    )
    func notIPv4(text: String) {
        #expect(IPv4Address(text) == nil)
    }

    @Test(
        "RFC 4291 §2.2, RFC 5952: every spelling of an IPv6 address is read, one is written",
        arguments: [
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
            ("2001:0db8:0000:0000:0000:ff00:0042:8329", "2001:db8::ff00:42:8329"), ("FF01::101", "ff01::101"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
            ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("0:0:0:0:0:0:0:0", "::"), ("0:0:1::", "0:0:1::"),
            ("::FFFF:129.144.52.38", "::ffff:129.144.52.38"), ("::ffff:8190:3426", "::ffff:129.144.52.38"),
            ("::13.1.68.3", "::d01:4403"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
            ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"), ("1::8", "1::8"), ("a:b:c:d:e:f:0:1", "a:b:c:d:e:f:0:1"),
        ]
    )
    func ipv6(text: String, canonical: String) throws {
        let address = try #require(IPv6Address(text))
        #expect(address.description == canonical)
        #expect(IPv6Address(canonical) == address)
        #expect(try Host(text) == Host("[\(text)]"))
        #expect(try Host(text).description == "[\(canonical)]")
        #expect(try GeminiURL("gemini://[\(text)]:1966/").description == "gemini://[\(canonical)]:1966/")
    }

    @Test("IPv6 addresses in bytes and numbers")
    func bytes() throws {
        let address = try #require(IPv6Address("2001:db8::8:800:200c:417a"))
        #expect(address.bytes == [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 8, 8, 0, 0x20, 0x0C, 0x41, 0x7A])
        #expect(IPv6Address("::1")?.rawValue == 1)
        #expect(IPv6Address("::ffff:1.2.3.4")?.ipv4Mapped == IPv4Address("1.2.3.4"))
        #expect(IPv6Address("::1.2.3.4")?.ipv4Mapped == nil)
        #expect(IPv6Address("ffff::")?.rawValue == 0xFFFF << 112)
    }

    @Test(
        "What is not an IPv6 address",
        arguments: [
            "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
            "1::2::3",
            ":1::", "1::2:", "1:", "12345::", "g::", "::1.2.3", "::1.2.3.4.5", "::1.2.3.04", "1:2:3:4:5:6:7:1.2.3.4",
            "::1%eth0", "1.2.3.4", "::1.2.3.4:5", " ::1", "::-1", "1:2:3:4:5:6:7:", "1:2:3:4::5:6:7:8",
        ]
    )
    func notIPv6(text: String) {
        #expect(IPv6Address(text) == nil)
        #expect(throws: (any Error).self) { try GeminiURL("gemini://[\(text)]/") }
    }

    @Test("GP-029: an IPv6 address needs its brackets in a URL")
    func brackets() throws {
        #expect(try GeminiURL("gemini://[::1]:7/").host.description == "[::1]")
        #expect(throws: (any Error).self) { try GeminiURL("gemini://::1/") }
        #expect(throws: (any Error).self) { try GeminiURL("gemini://2001:db8::1/") }
    }
}
