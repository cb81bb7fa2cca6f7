import NIOCore
import Testing

@testable import GeminiServer

@Suite("Ranges of addresses, and rules made of them")
struct AddressRulesTests {
    private static func socket(_ address: String) throws -> SocketAddress {
        try SocketAddress(ipAddress: address, port: 1965)
    }

    @Test(
        "A range is read, and written in its usual form",
        arguments: [
            ("192.0.2.0/24", "192.0.2.0/24", 24),
            ("192.0.2.7", "192.0.2.7", 32),
            ("192.0.2.7/32", "192.0.2.7", 32),
            ("0.0.0.0/0", "0.0.0.0/0", 0),
            ("2001:DB8::/32", "2001:db8::/32", 32),
            ("2001:db8:0:0::1", "2001:db8::1", 128),
            ("::/0", "::/0", 0),
            ("::1/128", "::1", 128),
            ("::ffff:192.0.2.0/120", "192.0.2.0/24", 24),
            ("::ffff:0:0/96", "0.0.0.0/0", 0),
            ("::ffff:192.0.2.7", "192.0.2.7", 32),
        ]
    )
    func reading(_ text: String, _ written: String, _ length: Int) throws {
        let range = try AddressRange(parsing: text)
        #expect(range.description == written)
        #expect(range.prefixLength == length)
        #expect(try AddressRange(parsing: written) == range)
    }

    @Test(
        "What is no range is refused with what was meant",
        arguments: [
            ("192.0.2.1/24", .hostBits("192.0.2.1/24", network: "192.0.2.0/24")),
            ("2001:db8::1/32", .hostBits("2001:db8::1/32", network: "2001:db8::/32")),
            ("::ffff:192.0.2.1/120", .hostBits("::ffff:192.0.2.1/120", network: "192.0.2.0/24")),
            ("192.0.2.0/33", .prefixLength("192.0.2.0/33", allowed: 0...32)),
            ("192.0.2.0/", .prefixLength("192.0.2.0/", allowed: 0...32)),
            ("192.0.2.0/-1", .prefixLength("192.0.2.0/-1", allowed: 0...32)),
            ("192.0.2.0/24/8", .prefixLength("192.0.2.0/24/8", allowed: 0...32)),
            ("192.0.2.0/٢", .prefixLength("192.0.2.0/٢", allowed: 0...32)),
            ("::/129", .prefixLength("::/129", allowed: 0...128)),
            ("::ffff:0.0.0.0/24", .prefixLength("::ffff:0.0.0.0/24", allowed: 96...128)),
            ("fe80::1%eth0", .zone("fe80::1%eth0")),
            ("fe80::%1/64", .zone("fe80::%1/64")),
            ("192.0.2", .address("192.0.2")),
            ("192.0.02.1", .address("192.0.02.1")),
            ("[::1]", .address("[::1]")),
            ("example.org/24", .address("example.org/24")),
            ("", .address("")),
            (" 192.0.2.1", .address(" 192.0.2.1")),
        ] as [(String, AddressRangeError)]
    )
    func mistakes(_ text: String, _ error: AddressRangeError) {
        #expect(throws: error) { try AddressRange(parsing: text) }
        #expect(error.description.contains("'\(text)'"))
    }

    @Test("The sentence for a network with an address's bits names both that may be meant")
    func whatWasMeant() {
        let error = AddressRangeError.hostBits("192.0.2.1/24", network: "192.0.2.0/24")
        #expect(
            error.description
                == "The address range '192.0.2.1/24' has bits behind its prefix: write 192.0.2.0/24 for the network, or 192.0.2.1 for the one address."
        )
    }

    @Test(
        "A range holds its first address and its last, and no neighbour",
        arguments: [
            ("192.0.2.0/24", ["192.0.2.0", "192.0.2.255", "::ffff:192.0.2.9"], ["192.0.1.255", "192.0.3.0", "::1"]),
            ("192.0.2.7", ["192.0.2.7"], ["192.0.2.6", "192.0.2.8"]),
            ("0.0.0.0/0", ["0.0.0.0", "255.255.255.255", "::ffff:8.8.8.8"], ["::", "2001:db8::1"]),
            ("::/0", ["::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], ["192.0.2.1", "::ffff:192.0.2.1"]),
            (
                "2001:db8::/33", ["2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"],
                ["2001:db8:8000::", "2001:db7:ffff::"]
            ),
            ("::ffff:192.0.2.0/120", ["192.0.2.1", "::ffff:192.0.2.255"], ["192.0.3.0"]),
        ]
    )
    func holding(_ text: String, _ inside: [String], _ outside: [String]) throws {
        let range = try AddressRange(parsing: text)
        for address in inside { #expect(range.contains(try Self.socket(address)), "\(address)") }
        for address in outside { #expect(!range.contains(try Self.socket(address)), "\(address)") }
        #expect(!range.contains(try SocketAddress(unixDomainSocketPath: "/run/socket")))
    }

    @Test("Everybody is let in unless somebody is named; a denial wins")
    func rules() throws {
        #expect(AddressRules().admits(try Self.socket("192.0.2.1")))
        var rules = AddressRules(allowed: ["10.0.0.0/8", "2001:db8::/32"], denied: ["10.9.0.0/16"])
        #expect(rules.admits(try Self.socket("10.8.0.1")))
        #expect(rules.admits(try Self.socket("2001:db8::9")))
        #expect(!rules.admits(try Self.socket("10.9.0.1")))
        #expect(!rules.admits(try Self.socket("::ffff:10.9.0.1")))
        #expect(!rules.admits(try Self.socket("192.0.2.1")))
        rules.denied = []
        #expect(rules.admits(try Self.socket("10.9.0.1")))
        rules.allowed = []
        rules.denied = ["192.0.2.0/24"]
        #expect(!rules.admits(try Self.socket("192.0.2.1")))
        #expect(rules.admits(try Self.socket("10.9.0.1")))
    }

    @Test("What has no IP address is let in where nobody is named as allowed")
    func unixSockets() throws {
        for address in [nil, try SocketAddress(unixDomainSocketPath: "/run/socket")] {
            #expect(AddressRules().admits(address))
            #expect(AddressRules(denied: ["0.0.0.0/0", "::/0"]).admits(address))
            #expect(!AddressRules(allowed: ["0.0.0.0/0", "::/0"]).admits(address))
        }
    }

    @Test("Thousands of ranges that overlap and nest say what each of them says")
    func manyRanges() throws {
        var generator = SystemRandomNumberGenerator()
        let ranges = (0..<3000).map { _ in
            AddressRange(.v4(UInt32.random(in: 0...0xFFFF, using: &generator) << 8), prefixLength: .random(in: 14...32))
        }
        let rules = AddressRules(allowed: ranges)
        for _ in 0..<2000 {
            let address = InternetAddress.v4(UInt32.random(in: 0...0xFF_FFFF, using: &generator))
            let text = AddressRange(address, prefixLength: 32).description
            #expect(rules.admits(try Self.socket(text)) == ranges.contains { $0.contains(address) }, "\(text)")
        }
    }

    @Test("An IPv4 address is one client, an IPv6 network of 64 bits too")
    func networks() throws {
        func network(_ text: String) throws -> ClientNetwork? { ClientNetwork(try Self.socket(text)) }
        #expect(try network("192.0.2.1") == .v4(0xC000_0201))
        #expect(try network("::ffff:192.0.2.1") == .v4(0xC000_0201))
        #expect(try network("2001:db8:0:1::9") == .v6(0x2001_0DB8_0000_0001))
        #expect(ClientNetwork(try SocketAddress(unixDomainSocketPath: "/run/socket")) == nil)
    }
}
