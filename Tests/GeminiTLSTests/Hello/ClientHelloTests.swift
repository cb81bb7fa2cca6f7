import Testing

@testable import GeminiTLS

@Suite("ClientHello")
struct ClientHelloTests {
    /// A hello as TLS 1.2 and 1.3 clients send it, with the given extensions.
    private static func hello(extensions: [UInt8]?) -> [UInt8] {
        var body: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32)
        body += [0]  // no session identifier
        body += [0, 2, 0x13, 0x01]
        body += [1, 0]
        if let extensions { body += [UInt8(extensions.count >> 8), UInt8(extensions.count & 0xFF)] + extensions }
        let message = [1, 0, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
        return message
    }

    private static func serverName(_ name: [UInt8], type: UInt8 = 0) -> [UInt8] {
        let count = name.count
        return [0, 0, 0, UInt8(count + 5), 0, UInt8(count + 3), type, 0, UInt8(count)] + name
    }

    /// The message in records of at most `size` bytes.
    private static func records(_ message: [UInt8], size: Int = 16_384) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = message[...]
        while !rest.isEmpty {
            let piece = rest.prefix(size)
            bytes += [22, 3, 1, UInt8(piece.count >> 8), UInt8(piece.count & 0xFF)] + piece
            rest = rest.dropFirst(piece.count)
        }
        return bytes
    }

    private static func recognize(_ bytes: [UInt8]) -> ClientHello.Recognition {
        ClientHello.recognize(bytes.span)
    }

    @Test(
        "GP-004: the host name is read, in lower case and without a final dot",
        arguments: [
            ("example.org", "example.org"), ("EXAMPLE.org.", "example.org"),
            ("xn--caf-dma.localhost", "xn--caf-dma.localhost"),
        ]
    )
    func serverNameIsRead(sent: String, read: String) {
        let hello = Self.records(Self.hello(extensions: Self.serverName(Array(sent.utf8))))
        #expect(Self.recognize(hello) == .hello(ClientHello(serverName: read)))
    }

    @Test(
        "GP-007: a hello without a usable host name is a hello",
        arguments: [
            nil, [], serverName(Array("no spaces".utf8)), serverName([0x66, 0, 0x66]), serverName(Array(".".utf8)),
        ] as [[UInt8]?]
    )
    func absentServerName(extensions: [UInt8]?) {
        let hello = Self.records(Self.hello(extensions: extensions))
        #expect(Self.recognize(hello) == .hello(ClientHello(serverName: nil)))
    }

    @Test("A hello over several records is put together", arguments: [8, 40, 60])
    func fragmentedOverRecords(size: Int) {
        let hello = Self.records(Self.hello(extensions: Self.serverName(Array("a.example".utf8))), size: size)
        #expect(Self.recognize(hello) == .hello(ClientHello(serverName: "a.example")))
    }

    @Test("Every prefix of a hello needs more, in one record or several", arguments: [16_384, 20])
    func prefixes(size: Int) {
        let hello = Self.records(Self.hello(extensions: Self.serverName(Array("a.example".utf8))), size: size)
        for length in 0..<hello.count {
            #expect(Self.recognize(Array(hello.prefix(length))) == .needMore, "\(length) bytes")
        }
    }

    @Test("Bytes behind the hello do not matter")
    func trailingBytes() {
        let hello = Self.records(Self.hello(extensions: Self.serverName(Array("a.example".utf8))))
        #expect(Self.recognize(hello + [1, 2, 3]) == .hello(ClientHello(serverName: "a.example")))
    }

    @Test(
        "GP-003: what is no ClientHello is told at once",
        arguments: [
            Array("gemini://localhost/\r\n".utf8),
            Array("GET / HTTP/1.0\r\n".utf8),
            [0], [22, 2], [21, 3, 1, 0, 2, 1, 0],  // an alert
            [22, 3, 1, 0, 0],  // an empty record
            [22, 3, 1, 0x40, 1],  // longer than a record may be
            [22, 3, 1, 0, 4, 2],  // a ServerHello
            [22, 3, 1, 0, 3, 1, 0, 0],  // a header in pieces
            [22, 3, 1, 0, 4, 1, 1, 0, 0],  // a message of 64 KiB
        ] as [[UInt8]]
    )
    func notTLS(bytes: [UInt8]) {
        #expect(Self.recognize(bytes) == .notTLS)
    }

    @Test("Lengths that do not add up are refused")
    func malformed() {
        let good = Self.hello(extensions: Self.serverName(Array("a.example".utf8)))
        for index in 4..<good.count where index < 6 || index > 37 {
            var bytes = good
            bytes[index] = bytes[index] &+ 1
            switch Self.recognize(Self.records(bytes)) {
            case .notTLS, .hello: break
            case .needMore: Issue.record("byte \(index): a complete message cannot need more")
            }
        }
        #expect(Self.recognize(Self.records(Self.hello(extensions: [0, 0, 0, 9, 0]))) == .notTLS)
        #expect(Self.recognize(Self.records(Self.hello(extensions: Self.serverName([])))) == .notTLS)
        #expect(Self.recognize(Self.records(Self.hello(extensions: Self.serverName([0x61], type: 1)))) == .notTLS)
    }

    @Test("A record for each few bytes is refused: it would be read again and again")
    func tooManyRecords() {
        let hello = Self.hello(extensions: Self.serverName(Array("a.example".utf8)))
        #expect(Self.recognize(Self.records(hello, size: 4)) == .notTLS)
    }

    @Test("The cipher suite is read off a ServerHello, and off nothing else")
    func cipherSuite() {
        let hello: [UInt8] =
            [22, 3, 3, 0, 0x7A, 2, 0, 0, 0x76, 3, 3] + [UInt8](repeating: 9, count: 32)
            + [4, 1, 2, 3, 4] + [0x13, 0x02, 0]
        #expect(ServerHello.cipherSuite(in: hello.span) == 0x1302)
        for length in 0..<(hello.count - 1) {
            #expect(ServerHello.cipherSuite(in: Array(hello.prefix(length)).span) == nil)
        }
        let alert: [UInt8] = [21, 3, 3, 0, 2, 2, 40]
        #expect(ServerHello.cipherSuite(in: alert.span) == nil)
    }
}
