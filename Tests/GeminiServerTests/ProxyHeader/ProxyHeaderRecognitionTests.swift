import GeminiProtocol
import NIOCore
import Testing

@testable import GeminiServer

@Suite("The PROXY header, as its receiver")
struct ProxyHeaderRecognitionTests {
    typealias Bytes = ProxyHeaderBytes

    private static let ipv4 = ProxyHeaderFields.Addresses.ipv4(
        .init(
            source: IPv4Address(rawValue: 0xC000_0201),
            destination: IPv4Address(rawValue: 0xC633_6402),
            sourcePort: 56324,
            destinationPort: 1965
        )
    )
    private static let ipv6 = ProxyHeaderFields.Addresses.ipv6(
        .init(
            source: IPv6Address(rawValue: 0x2001_0DB8 << 96 | 1),
            destination: IPv6Address(rawValue: 0x2001_0DB8 << 96 | 2),
            sourcePort: 56324,
            destinationPort: 1965
        )
    )

    /// What each prefix of the bytes is, and the whole.
    private static func recognize(_ bytes: [UInt8]) -> ProxyHeaderFields.Recognition {
        for length in 0..<bytes.count {
            let part = ProxyHeaderFields.recognize(bytes.span.extracting(0..<length))
            if part != .needMore { return part }
        }
        return ProxyHeaderFields.recognize(bytes.span)
    }

    private static func whole(_ bytes: some Collection<UInt8>) -> ProxyHeaderFields.Recognition {
        let bytes = Array(bytes)
        return ProxyHeaderFields.recognize(bytes.span)
    }

    private static func expect(_ bytes: [UInt8], _ fields: ProxyHeaderFields, _ comment: Comment? = nil) {
        #expect(Self.recognize(bytes) == .header(fields, length: bytes.count), comment)
        // What follows is not the header's.
        for rest: [UInt8] in [[0x16, 3, 1], [0x0D, 0x0A], [0x0A]] {
            #expect(Self.whole(bytes + rest) == .header(fields, length: bytes.count), comment)
        }
    }

    // MARK: The first version

    @Test("PP-10: a line of text, with its addresses")
    func line() {
        Self.expect(
            Array("PROXY TCP4 192.0.2.1 198.51.100.2 56324 1965\r\n".utf8),
            ProxyHeaderFields(Self.ipv4)
        )
        Self.expect(
            Array("PROXY TCP6 2001:db8::1 2001:DB8:0:0::2 56324 1965\r\n".utf8),
            ProxyHeaderFields(Self.ipv6)
        )
    }

    @Test(
        "PP-10, PP-11: the longest line of each kind",
        arguments: [
            (56, "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535"),
            (
                104,
                "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535"
            ),
            (
                107,
                "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535"
            ),
        ]
    )
    func longest(length: Int, line: String) {
        let bytes = Array("\(line)\r\n".utf8)
        #expect(bytes.count == length)
        guard case .header(let fields, length) = Self.recognize(bytes) else {
            Issue.record("\(Self.recognize(bytes))")
            return
        }
        switch fields.addresses {
        case .ipv4(let ends): #expect(ends.sourcePort == 65535 && ends.destination.rawValue == .max)
        case .ipv6(let ends): #expect(ends.destinationPort == 65535 && ends.source.rawValue == .max)
        case .unknown: #expect(length == 107)
        }
    }

    @Test(
        "PP-11: an unknown visitor, whatever else the line says",
        arguments: ["PROXY UNKNOWN\r\n", "PROXY UNKNOWN \r\n", "PROXY UNKNOWN ffff::1 x  y\r\n"]
    )
    func unknown(line: String) {
        Self.expect(Array(line.utf8), ProxyHeaderFields(.unknown))
    }

    @Test(
        "PP-10: any deviation is the end",
        arguments: [
            "PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n",
            "PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 007 2\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1 00\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 -1 2\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 +1 2\r\n",
            "PROXY TCP4 192.0.2.01 192.0.2.2 1 2\r\n",
            "PROXY TCP4 192.0.2.256 192.0.2.2 1 2\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n",
            "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 \r\n",
            "PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY  TCP4 192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY\tTCP4 192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n",
            "PROXY TCP6 [::1] [::1] 1 2\r\n",
            "PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY tcp4 192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n",
            "PROXY UNKNOWNS\r\n",
            "PROXY \r\n",
            "proxy UNKNOWN\r\n",
            "PROXY UNKNOWN\n",
            "PROXY UNKNOWN\rx",
            "PROXY UNKNOWN\r\r\n",
            "PROXX",
            "PP",
            "GET / HTTP/1.1\r\n",
            "gemini://localhost/\r\n",
            "\u{16}\u{3}\u{1}",
            "\r\n\r\nx",
        ]
    )
    func malformed(line: String) {
        guard case .invalid = Self.recognize(Array(line.utf8)) else {
            Issue.record("taken: \(Self.recognize(Array(line.utf8)))")
            return
        }
    }

    @Test("PP-10: no CRLF in 107 bytes is the end, and 106 bytes are not")
    func tooLong() {
        let start = Array("PROXY UNKNOWN ".utf8)
        let bytes = start + [UInt8](repeating: UInt8(ascii: "x"), count: 107 - start.count)
        #expect(Self.whole(bytes.dropLast()) == .needMore)
        #expect(Self.recognize(bytes) == .invalid(.lineTooLong))
        #expect(Self.recognize(bytes.dropLast() + [0x0D, 0x0A]) == .invalid(.lineTooLong))
        #expect(Self.recognize(bytes.dropLast(2) + [0x0D, 0x0A]) == .header(ProxyHeaderFields(.unknown), length: 107))
    }

    // MARK: The second version

    @Test("PP-20, PP-22: addresses in network order")
    func block() {
        Self.expect(Bytes.header(0x11, Bytes.ipv4), ProxyHeaderFields(Self.ipv4))
        Self.expect(Bytes.header(0x21, Bytes.ipv6), ProxyHeaderFields(Self.ipv6))
    }

    @Test(
        "PP-20: visitors that have no TCP over IP are unknown",
        arguments: [(0x31, 216), (0x32, 216), (0x12, 12), (0x22, 36)]
    )
    func otherFamilies(family: Int, length: Int) {
        let addresses = [UInt8](repeating: UInt8(ascii: "s"), count: length)
        Self.expect(Bytes.header(UInt8(family), addresses), ProxyHeaderFields(.unknown))
        let named = addresses + Bytes.field(0x02, Array("h.x".utf8))
        Self.expect(Bytes.header(UInt8(family), named), ProxyHeaderFields(.unknown, authority: "h.x"))
        #expect(
            Self.recognize(Bytes.header(UInt8(family), addresses.dropLast())) == .invalid(.truncatedAddresses)
        )
    }

    @Test("PP-20: another version, command or family is the end")
    func unknownCodes() {
        #expect(Self.recognize(Bytes.header(0x11, Bytes.ipv4, command: 0x11)) == .invalid(.noHeader))
        #expect(Self.recognize(Bytes.header(0x11, Bytes.ipv4, command: 0x31)) == .invalid(.noHeader))
        #expect(Self.recognize(Bytes.header(0x11, Bytes.ipv4, command: 0x22)) == .invalid(.unknownCommand))
        #expect(Self.recognize(Bytes.header(0x11, Bytes.ipv4, command: 0x2F)) == .invalid(.unknownCommand))
        for family: UInt8 in [0x01, 0x02, 0x10, 0x13, 0x20, 0x30, 0x33, 0x41, 0xFF] {
            #expect(Self.recognize(Bytes.header(family, Bytes.ipv6)) == .invalid(.unknownFamily), "\(family)")
        }
    }

    @Test("PP-21: LOCAL says nothing, however long it is", arguments: [0, 20, 65_535])
    func local(length: Int) {
        let rest = [UInt8](repeating: 0xFF, count: length)
        let bytes = Bytes.header(0x11, rest, command: 0x20)
        #expect(bytes.count == 16 + length)
        #expect(Self.whole(bytes.dropLast()) == .needMore)
        #expect(Self.whole(bytes) == .header(ProxyHeaderFields(.unknown), length: 16 + length))
    }

    @Test("PP-21: a visitor of no family is unknown")
    func unspecified() {
        Self.expect(Bytes.header(0x00, []), ProxyHeaderFields(.unknown))
    }

    @Test("PP-22: the name that the visitor asked for, among fields that nobody knows")
    func fields() {
        let name = Bytes.field(0x02, Array("capsule.example".utf8))
        let others = Bytes.field(0x01, Array("h2".utf8)) + Bytes.field(0xEE, []) + Bytes.field(0x20, [1, 0, 0, 0, 0])
        let named = ProxyHeaderFields(Self.ipv4, authority: "capsule.example")
        Self.expect(Bytes.header(0x11, Bytes.ipv4 + others + name), named)
        Self.expect(Bytes.header(0x11, Bytes.ipv4 + name + others), named)
        Self.expect(Bytes.header(0x11, Bytes.ipv4 + name + Bytes.field(0x02, [0x61])), named, "the first one counts")
        Self.expect(Bytes.header(0x11, Bytes.ipv4 + others), ProxyHeaderFields(Self.ipv4))
        Self.expect(
            Bytes.header(0x11, Bytes.ipv4 + Bytes.field(0x02, [0xFF])),
            ProxyHeaderFields(Self.ipv4),
            "no UTF-8"
        )
        let long = [UInt8](repeating: 0x61, count: 256)
        Self.expect(Bytes.header(0x11, Bytes.ipv4 + Bytes.field(0x02, long)), ProxyHeaderFields(Self.ipv4))
    }

    @Test(
        "PP-22: a field that ends behind the header is the end",
        arguments: [[0x02], [0x02, 0], [0xEE, 0, 1], [0x02, 0, 4, 1, 2, 3]]
    )
    func truncatedField(rest: [UInt8]) {
        #expect(Self.recognize(Bytes.header(0x11, Bytes.ipv4 + rest)) == .invalid(.truncatedField))
    }

    @Test("PP-20: too short for its addresses is the end")
    func truncatedAddresses() {
        #expect(Self.recognize(Bytes.header(0x11, Bytes.ipv4.dropLast())) == .invalid(.truncatedAddresses))
        #expect(Self.recognize(Bytes.header(0x21, Bytes.ipv6.dropLast())) == .invalid(.truncatedAddresses))
        #expect(Self.recognize(Bytes.header(0x21, Bytes.ipv4)) == .invalid(.truncatedAddresses))
    }

    @Test("PP-22: a checksum is verified over the whole header")
    func checksum() {
        // Computed elsewhere.
        let sum = Bytes.field(0x03, [0x24, 0xA1, 0xFC, 0x8C])
        Self.expect(Bytes.header(0x11, Bytes.ipv4 + sum), ProxyHeaderFields(Self.ipv4))
        let other = Bytes.field(0x03, [0xB2, 0xDA, 0x5D, 0x4E])
        let name = Bytes.field(0x02, Array("h.x".utf8))
        Self.expect(Bytes.header(0x11, Bytes.ipv4 + other + name), ProxyHeaderFields(Self.ipv4, authority: "h.x"))

        #expect(Self.recognize(Bytes.header(0x11, Bytes.ipv4 + sum + name)) == .invalid(.wrongChecksum))
        for index in 0..<4 {
            var wrong = sum
            wrong[3 + index] ^= 1
            #expect(Self.recognize(Bytes.header(0x11, Bytes.ipv4 + wrong)) == .invalid(.wrongChecksum))
        }
        #expect(
            Self.recognize(Bytes.header(0x11, Bytes.ipv4 + Bytes.field(0x03, [0x24, 0xA1, 0xFC])))
                == .invalid(.wrongChecksum)
        )
        #expect(
            Self.recognize(Bytes.header(0x11, Bytes.ipv4 + sum + Bytes.field(0x03, [0, 0, 0, 0])))
                == .invalid(.wrongChecksum)
        )
    }

    @Test("The checksum of Castagnoli, as RFC 3720 has it")
    func castagnoli() {
        let vectors: [([UInt8], UInt32)] = [
            (Array("123456789".utf8), 0xE306_9283),
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            ([], 0),
        ]
        for (bytes, expected) in vectors {
            var sum = CRC32C()
            for byte in bytes { sum.update(byte) }
            #expect(sum.checksum == expected)
        }
    }

    @Test("What is told as an IPv4 address in IPv6's clothes is one")
    func mapped() throws {
        let line = Array("PROXY TCP6 ::ffff:192.0.2.1 2001:db8::2 56324 1965\r\n".utf8)
        guard case .header(let fields, _) = Self.whole(line) else {
            Issue.record("not recognized")
            return
        }
        let header = ProxyHeader(fields)
        #expect(header.source == (try .init(ipAddress: "192.0.2.1", port: 56324)))
        #expect(header.destination == (try .init(ipAddress: "2001:db8::2", port: 1965)))
        #expect(ProxyHeader(ProxyHeaderFields(.unknown, authority: "h.x")).authority == "h.x")
    }
}
