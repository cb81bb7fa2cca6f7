import GeminiProtocol
import Testing

@Suite("The request line decoder")
struct RequestLineDecoderTests {
    private typealias Progress = RequestLineDecoder.Progress

    /// The results of giving a decoder one piece after the other.
    private static func decode(_ pieces: [[UInt8]]) -> (results: [Progress], received: [UInt8]) {
        var decoder = RequestLineDecoder()
        let results = pieces.map { decoder.consume($0.span) }
        return (results, decoder.received)
    }

    private static func line(_ text: String) throws -> RequestLine {
        let bytes = Array(text.utf8)
        return try RequestLine(parsing: bytes.span)
    }

    @Test("GP-040: a whole line in one piece")
    func whole() throws {
        let (results, received) = Self.decode([Array("gemini://h/a?b\r\n".utf8)])
        #expect(results == [.line(try Self.line("gemini://h/a?b"), consumed: 16)])
        #expect(received == Array("gemini://h/a?b".utf8))
    }

    @Test("GP-016: a line in any two pieces, and a byte at a time")
    func fragmented() throws {
        let bytes = Array("gemini://h/caf\u{E9}\r\n".utf8)
        let line = try Self.line("gemini://h/caf\u{E9}")
        for cut in 1..<bytes.count {
            let (results, received) = Self.decode([Array(bytes[..<cut]), Array(bytes[cut...])])
            #expect(results == [.needMore, .line(line, consumed: bytes.count - cut)])
            #expect(received == Array(bytes.dropLast(2)))
        }
        var decoder = RequestLineDecoder()
        for (index, byte) in bytes.enumerated() {
            let progress = decoder.consume([byte].span)
            #expect(progress == (index == bytes.count - 1 ? .line(line, consumed: 1) : .needMore))
            if index < bytes.count - 1 {
                #expect(decoder.received == Array(bytes[...index]))
            }
        }
    }

    @Test("GP-052, TI-02: what follows the CRLF is not consumed")
    func rest() throws {
        let line = try Self.line("titan://h/f;size=3")
        #expect(Self.decode([Array("titan://h/f;size=3\r\nabc".utf8)]).results == [.line(line, consumed: 20)])
        let pieces = ["titan://h/f;", "size=3\r", "\nabc"].map { Array($0.utf8) }
        #expect(Self.decode(pieces).results == [.needMore, .needMore, .line(line, consumed: 1)])
    }

    @Test("GP-009, GP-052: a second line is not a second request")
    func pipelined() throws {
        let line = try Self.line("gemini://h/")
        let (results, _) = Self.decode([Array("gemini://h/\r\ngemini://h/2\r\n".utf8), Array("gemini://h/3\r\n".utf8)])
        #expect(results == [.line(line, consumed: 13), .line(line, consumed: 0)])
    }

    @Test(
        "GP-051: a bare LF or CR does not end the line",
        arguments: [
            "gemini://H/\n", "gemini://H/\n\n", "gemini://H/\r", "gemini://H/\r\r", "gemini://H/\n\r", "\n", "\r",
        ]
    )
    func bareBreaks(text: String) {
        let (results, received) = Self.decode([Array(text.utf8)])
        #expect(results == [.needMore])
        #expect(received == Array(text.utf8))
    }

    @Test(
        "GP-051: a bare LF or CR makes the line malformed once it ends",
        arguments: [
            ("gemini://H/\n\r\n", Unicode.Scalar("\n")), ("gemini://H/\rx\r\n", "\r"), ("gemini://H/\r\r\n", "\r"),
        ]
    )
    func malformedBreaks(text: String, scalar: Unicode.Scalar) {
        let bytes = Array(text.utf8)
        let (results, received) = Self.decode([bytes])
        #expect(results == [.failed(.invalidCharacter(scalar, offset: 11))])
        #expect(received == Array(bytes.dropLast(2)))
    }

    @Test("GP-042: 1,024 bytes and CRLF are a request, 1,025 are not", arguments: [1, 7, 512, 1024, 1025, 1026, 4096])
    func longest(chunkLength: Int) throws {
        let start = Array("gemini://localhost/".utf8)
        let longest = start + [UInt8](repeating: 0x30, count: 1024 - start.count)
        var decoder = RequestLineDecoder()
        #expect(
            Self.feed(&decoder, longest + [0x0D, 0x0A], chunkLength)
                == .line(try RequestLine(parsing: longest.span), consumed: 0)
        )
        var second = RequestLineDecoder()
        #expect(Self.feed(&second, longest + [0x30, 0x0D, 0x0A], chunkLength) == .failed(.tooLong))
        #expect(second.received.starts(with: longest))
        #expect(second.received.count <= 1026)
    }

    @Test("GP-043: a line is too long as soon as no CRLF can come in time")
    func tooLongAtOnce() {
        let bytes = [UInt8](repeating: 0x67, count: 1024)
        var decoder = RequestLineDecoder()
        #expect(decoder.consume(bytes.span) == .needMore)
        #expect(decoder.consume([0x67].span) == .failed(.tooLong))

        // A CR may still be the end, what follows it tells.
        var hopeful = RequestLineDecoder()
        #expect(hopeful.consume((bytes + [0x0D]).span) == .needMore)
        #expect(hopeful.received.count == 1025)
        #expect(hopeful.consume([0x0D].span) == .failed(.tooLong))
        var ended = RequestLineDecoder()
        #expect(ended.consume((bytes + [0x0D]).span) == .needMore)
        #expect(ended.consume([0x0A].span) == .failed(.missingScheme))
    }

    @Test("GP-043: 100 kB without CRLF are refused, and at most 1,026 bytes are kept", arguments: [1, 1000, 100_000])
    func flood(chunkLength: Int) {
        var decoder = RequestLineDecoder()
        #expect(Self.feed(&decoder, [UInt8](repeating: 0x67, count: 100_000), chunkLength) == .failed(.tooLong))
        #expect((1025...1026).contains(decoder.received.count))
        // A CRLF that comes later changes nothing.
        #expect(decoder.consume([0x0D, 0x0A].span) == .failed(.tooLong))
    }

    @Test(
        "GP-048, GP-049, GP-050: malformed lines fail, and are kept for the log",
        arguments: [
            ([], RequestLineError.empty), (Array("/".utf8), .missingScheme),
            (Array("Hello Gemini!".utf8), .missingScheme),
            (Array("gemini://H/".utf8) + [0xDC], .invalidUTF8(offset: 11)),
            ([0xEF, 0xBB, 0xBF] + Array("gemini://H/".utf8), .byteOrderMark),
        ] as [([UInt8], RequestLineError)]
    )
    func malformed(line: [UInt8], error: RequestLineError) {
        for chunkLength in [1, 100] {
            var decoder = RequestLineDecoder()
            #expect(Self.feed(&decoder, line + [0x0D, 0x0A], chunkLength) == .failed(error))
            #expect(decoder.received == line)
        }
    }

    @Test("Nothing is nothing")
    func nothing() throws {
        var decoder = RequestLineDecoder()
        #expect(decoder.received == [])
        #expect(decoder.consume([UInt8]().span) == .needMore)
        #expect(decoder.consume(Array("gemini://h/\r".utf8).span) == .needMore)
        #expect(decoder.consume([UInt8]().span) == .needMore)
        #expect(decoder.consume([0x0A].span) == .line(try Self.line("gemini://h/"), consumed: 1))
    }

    private static func feed(_ decoder: inout RequestLineDecoder, _ bytes: [UInt8], _ chunkLength: Int) -> Progress {
        var offset = 0
        while offset < bytes.count {
            let end = min(bytes.count, offset + chunkLength)
            switch decoder.consume(bytes.span.extracting(offset..<end)) {
            case .needMore: offset = end
            case .line(let line, _): return .line(line, consumed: 0)
            case .failed(let error): return .failed(error)
            }
        }
        return .needMore
    }
}
