import GeminiGateway
import GeminiProtocol
import Testing

@Suite("What a program prints")
struct GatewayResponseParserTests {
    private static func read(
        _ output: String,
        inPiecesOf size: Int = .max
    ) throws(GatewayResponseError) -> (header: String, body: String) {
        var parser = GatewayResponseParser()
        var body: [UInt8] = []
        var rest = Array(output.utf8)[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(size))
            rest = rest.dropFirst(piece.count)
            body += piece[try parser.receive(piece.span)]
        }
        try parser.end()
        return (parser.header?.description ?? "", String(decoding: body, as: UTF8.self))
    }

    @Test(
        "CG-02: the first line is a status and a text, ended by LF or CRLF; the rest is the body",
        arguments: [
            ("20 text/plain\nhello", "20 text/plain", "hello"),
            ("20 text/plain\r\nhello\r\n", "20 text/plain", "hello\r\n"),
            ("20 text/gemini; lang=en\n", "20 text/gemini; lang=en", ""),
            ("20   text/plain\n\nx", "20 text/plain", "\nx"),
            ("10 Your name?\n", "10 Your name?", ""),
            ("31 gemini://example.org/\n", "31 gemini://example.org/", ""),
            ("44 10\n", "44 10", ""),
        ],
        [Int.max, 1, 2, 7]
    )
    func lines(_ row: (output: String, header: String, body: String), size: Int) throws {
        let (header, body) = try Self.read(row.output, inPiecesOf: size)
        #expect(header == row.header)
        #expect(body == row.body)
    }

    @Test(
        "CG-05: a bare 4x, 5x or 6x is accepted, and gets its usual text",
        arguments: [
            ("51\n", "51 Not found"), ("51 \r\n", "51 Not found"), ("42\r\n", "42 CGI error"),
            ("60\n", "60 Client certificate required"), ("44\n", "44 30"),
        ]
    )
    func bare(output: String, header: String) throws {
        #expect(try Self.read(output).header == header)
    }

    @Test(
        "CG-03: what is no response is refused",
        arguments: [
            ("", .empty),
            ("20 text/plain", .incomplete),
            ("2", .incomplete),
            ("\n", .malformedStatus),
            ("hello\n", .malformedStatus),
            ("HTTP/1.1 200 OK\r\n", .malformedStatus),
            (" 20 text/plain\n", .malformedStatus),
            ("\u{FEFF}20 text/plain\n", .malformedStatus),
            ("200 text/plain\n", .malformedStatus),
            ("20\ttext/plain\n", .malformedStatus),
            ("20\rtext/plain\n", .malformedStatus),
            ("2\n", .malformedStatus),
            ("09 x\n", .undefinedStatus(9)),
            ("25 x\n", .undefinedStatus(25)),
            ("63 x\n", .undefinedStatus(63)),
            ("99 x\n", .undefinedStatus(99)),
            ("20\n", .missingMeta(.success)),
            ("20 \r\n", .missingMeta(.success)),
            ("30\n", .missingMeta(.temporaryRedirect)),
            ("10\n", .missingMeta(.input)),
            ("30 /a\u{1B}b\n", .invalidMeta(.temporaryRedirect)),
            ("20 " + String(repeating: "x", count: 1025) + "\n", .invalidMeta(.success)),
            ("40 " + String(repeating: "x", count: 2045) + "\n", .tooLong),
            ("20 " + String(repeating: "x", count: 9000), .tooLong),
        ] as [(String, GatewayResponseError)],
        [Int.max, 1]
    )
    func wrong(_ row: (output: String, error: GatewayResponseError), size: Int) {
        #expect(throws: row.error) { try Self.read(row.output, inPiecesOf: size) }
    }

    @Test("CG-03: text in Latin-1 is refused, and the error stays")
    func latin() {
        var parser = GatewayResponseParser()
        let piece: [UInt8] = Array("10 caf".utf8) + [0xE9, 0x0A]
        #expect(throws: GatewayResponseError.invalidMeta(.input)) { try parser.receive(piece.span) }
        let more = Array("20 text/plain\n".utf8)
        #expect(throws: GatewayResponseError.invalidMeta(.input)) { try parser.receive(more.span) }
        #expect(throws: GatewayResponseError.invalidMeta(.input)) { try parser.end() }
        #expect(parser.header == nil)
    }

    @Test("GP-076: a message or prompt that is too long is cut; control characters in it do not leave")
    func cut() throws {
        let long = try Self.read("40 " + String(repeating: "x", count: 2044) + "\nbody").header
        #expect(long == "40 " + String(repeating: "x", count: 1024))
        #expect(try Self.read("50 a\u{1B}[2Jb\tc\n").header == "50 a\u{FFFD}[2Jb c")
    }

    @Test("GP-078, FC-02: a body behind anything but a success is dropped", arguments: [Int.max, 1])
    func noBody(size: Int) throws {
        for status in ["10 x", "30 /x", "40 x", "51", "60 x"] {
            #expect(try Self.read(status + "\nThe body\n", inPiecesOf: size).body == "")
        }
    }
}
