import GeminiProtocol
import Testing

@Suite("Response header, received")
struct ResponseHeaderDecoderTests {
    typealias Deviations = ReceivedResponseHeader.Deviations

    @Test(
        "GP-082: what is not quite right but clear is understood, and told",
        arguments: [
            ("20 text/gemini\r\n", 20, "text/gemini", []),
            ("51\r\n", 51, nil, []),
            ("51 \r\n", 51, nil, .spaceWithoutMeta),
            ("20\r\n", 20, nil, .missingMeta),
            ("20 \r\n", 20, nil, [.missingMeta, .spaceWithoutMeta]),
            ("10 \r\n", 10, nil, [.missingMeta, .spaceWithoutMeta]),
            ("10\r\n", 10, nil, .missingMeta),
            ("20  text/gemini\r\n", 20, "text/gemini", .leadingSpace),
            ("51   \r\n", 51, nil, .leadingSpace),
            ("51 \u{FEFF}x\r\n", 51, "x", .leadingSpace),
            ("10 Name: \r\n", 10, "Name: ", []),
            ("51 a\tb\u{1B}[0m\r\n", 51, "a b\u{FFFD}[0m", .controlCharacters),
            ("51 a\rb\r\n", 51, "a\u{FFFD}b", .controlCharacters),
            ("45 x\r\n", 45, "x", .undefinedStatus),
            ("69\r\n", 69, nil, .undefinedStatus),
        ] as [(String, Int, String?, Deviations)]
    )
    func tolerated(wire: String, code: Int, meta: String?, deviations: Deviations) throws {
        let received = try ResponseHeader.parse(Array(wire.utf8).span)
        #expect(received.header.status.code == code)
        #expect(received.header.meta?.text == meta)
        #expect(received.deviations == deviations)
        #expect(received.length == wire.utf8.count)
    }

    @Test(
        "GP-079, GP-083, GP-084: each way to be wrong has its error",
        arguments: [
            ("09 x\r\n", .statusOutOfRange(9)),
            ("70 x\r\n", .statusOutOfRange(70)),
            ("99 x\r\n", .statusOutOfRange(99)),
            ("00\r\n", .statusOutOfRange(0)),
            ("2 x\r\n", .malformedStatus),
            ("ab x\r\n", .malformedStatus),
            ("200 x\r\n", .malformedStatus),
            ("20text/gemini\r\n", .malformedStatus),
            ("20\ttext/gemini\r\n", .malformedStatus),
            ("20\rx\r\n", .malformedStatus),
            ("2\r\n", .malformedStatus),
            ("\r\n", .malformedStatus),
            (" 20 x\r\n", .malformedStatus),
            ("\u{FF12}0 x\r\n", .malformedStatus),
            ("\u{FEFF}20 x\r\n", .byteOrderMark),
            ("20 text/gemini\n", .bareLineFeed),
            ("20\n", .bareLineFeed),
            ("\n", .bareLineFeed),
            ("30\r\n", .missingTarget),
            ("31 \r\n", .missingTarget),
            ("39  \r\n", .missingTarget),
            ("", .incomplete),
            ("20 text/gem", .incomplete),
            ("20 text/gemini\r", .incomplete),
        ] as [(String, ResponseHeaderError)]
    )
    func refused(wire: String, error: ResponseHeaderError) {
        #expect(throws: error) { try ResponseHeader.parse(Array(wire.utf8).span) }
    }

    @Test(
        "GP-084: text that is not UTF-8 is refused",
        arguments: [[0xDC], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]]
    )
    func invalidUTF8(text: [UInt8]) {
        let wire = Array("51 ".utf8) + text + Array("\r\n".utf8)
        #expect(throws: ResponseHeaderError.invalidUTF8) { try ResponseHeader.parse(wire.span) }
    }

    @Test("GP-083: 1,029 bytes are the limit, and the end of them is not awaited")
    func limit() throws {
        let fits = Array("51 ".utf8) + [UInt8](repeating: 0x78, count: 1024) + [0x0D, 0x0A]
        #expect(try ResponseHeader.parse(fits.span).length == 1029)

        let endless = Array("51 ".utf8) + [UInt8](repeating: 0x78, count: 5000)
        #expect(throws: ResponseHeaderError.tooLong(limit: 1029)) { try ResponseHeader.parse(endless.span) }
        var decoder = ResponseHeaderDecoder()
        #expect(try decoder.decode(endless.span.extracting(first: 1028)) == nil)
        #expect(throws: ResponseHeaderError.tooLong(limit: 1029)) {
            try decoder.decode(endless.span.extracting(first: 1))
        }
    }

    @Test("DA-05: the limit is the client's to choose", arguments: [0, 1, 10, 4096])
    func configuredLimit(metaLimit: Int) throws {
        let fits = Array("51 ".utf8) + [UInt8](repeating: 0x78, count: metaLimit) + [0x0D, 0x0A]
        #expect(try ResponseHeader.parse(fits.span, metaLimit: metaLimit).length == metaLimit + 5)
        let over = Array("51 ".utf8) + [UInt8](repeating: 0x78, count: metaLimit + 1) + [0x0D, 0x0A]
        #expect(throws: ResponseHeaderError.tooLong(limit: metaLimit + 5)) {
            try ResponseHeader.parse(over.span, metaLimit: metaLimit)
        }
    }

    @Test(
        "A header in two pieces, cut anywhere, is the same",
        arguments: ["20 text/gemini; lang=de\r\n# Hallo\r\n", "51\r\n", "10 Grüße?\r\n\r\n"]
    )
    func fragmentation(wire: String) throws {
        let bytes = Array(wire.utf8)
        let whole = try ResponseHeader.parse(bytes.span)
        for cut in 0...bytes.count {
            var decoder = ResponseHeaderDecoder()
            let first = try decoder.decode(bytes.span.extracting(first: cut))
            #expect(decoder.consumed == min(cut, whole.length))
            #expect((first != nil) == (cut >= whole.length))
            guard first == nil else { continue }
            #expect(try decoder.decode(bytes.span.extracting(droppingFirst: cut)) == whole)
            #expect(decoder.consumed == whole.length - cut)
        }
    }

    @Test("Pieces after the header, or after an error, consume nothing")
    func afterTheEnd() throws {
        var decoder = ResponseHeaderDecoder()
        let header = try decoder.decode(Array("51\r\nbody".utf8).span)
        #expect(decoder.consumed == 4)
        #expect(try decoder.decode(Array("20 text/gemini\r\n".utf8).span) == header)
        #expect(decoder.consumed == 0)

        var failed = ResponseHeaderDecoder()
        #expect(throws: ResponseHeaderError.bareLineFeed) { try failed.decode(Array("2\n".utf8).span) }
        #expect(throws: ResponseHeaderError.bareLineFeed) { try failed.decode(Array("20 text/gemini\r\n".utf8).span) }
        #expect(failed.consumed == 0)
    }

    @Test("GP-084: a close before the header's end is an error of its own, unless there was one before")
    func finish() {
        var decoder = ResponseHeaderDecoder()
        #expect(decoder.finish() == .incomplete)
        #expect(throws: ResponseHeaderError.malformedStatus) { try decoder.decode(Array("HTTP".utf8).span) }
        #expect(decoder.finish() == .malformedStatus)
    }

    @Test("GP-079: a peer that speaks something else is found out at the third byte")
    func early() throws {
        var decoder = ResponseHeaderDecoder()
        #expect(try decoder.decode(Array("SS".utf8).span) == nil)
        #expect(throws: ResponseHeaderError.malformedStatus) { try decoder.decode(Array("H".utf8).span) }
    }
}
