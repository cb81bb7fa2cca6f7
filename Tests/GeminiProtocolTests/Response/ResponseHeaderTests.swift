import GeminiProtocol
import Testing

@Suite("Response header, sent")
struct ResponseHeaderTests {
    @Test("GP-070: two digits, a space, the text, CRLF")
    func form() throws {
        #expect(ResponseHeader.success(.gemtext).wire == "20 text/gemini\r\n")
        #expect(ResponseHeader.input("Your name?").wire == "10 Your name?\r\n")
        #expect(ResponseHeader.input("PIN", sensitive: true).wire == "11 PIN\r\n")
        #expect(ResponseHeader.redirect(to: "/new").wire == "30 /new\r\n")
        #expect(ResponseHeader.redirect(to: "/new", permanent: true).wire == "31 /new\r\n")
        #expect(try ResponseHeader(.notFound, "No such page").wire == "51 No such page\r\n")
    }

    @Test("GP-071: the text leaves in UTF-8")
    func utf8() throws {
        #expect(
            try ResponseHeader(.gone, "Grüße").bytes == [
                0x35, 0x32, 0x20, 0x47, 0x72, 0xC3, 0xBC, 0xC3, 0x9F, 0x65, 0x0D, 0x0A,
            ]
        )
    }

    @Test("GP-074, GP-094: a failure without text gets one", arguments: Status.defined.filter { !$0.requiresMeta })
    func defaultTexts(status: Status) throws {
        let header = try ResponseHeader(status)
        let text = try #require(header.meta?.text)
        #expect(!text.isEmpty)
        #expect(header.wire == "\(status.code) \(text)\r\n")
    }

    @Test("GP-093: 44 begins with the seconds")
    func slowDown() throws {
        #expect(ResponseHeader.slowDown(for: .seconds(30)).wire == "44 30\r\n")
        #expect(ResponseHeader.slowDown(for: .milliseconds(1001)).wire == "44 2\r\n")
        #expect(ResponseHeader.slowDown(for: .zero).wire == "44 1\r\n")
        #expect(ResponseHeader.slowDown(for: .seconds(-5)).wire == "44 1\r\n")
        #expect(try ResponseHeader(.slowDown).wire == "44 30\r\n")
    }

    @Test("GP-073: a header without its prompt, media type or target cannot be made", arguments: Status.defined)
    func missingMeta(status: Status) {
        guard status.requiresMeta else {
            #expect(throws: Never.self) { try ResponseHeader(status, text: "") }
            return
        }
        #expect(throws: UnsendableHeader.missingMeta(status)) { try ResponseHeader(status) }
        #expect(throws: UnsendableHeader.missingMeta(status)) { try ResponseHeader(status, text: "") }
    }

    @Test("GP-077: a header with an undefined code cannot be made", arguments: [12, 21, 29, 32, 45, 54, 63, 69])
    func undefinedStatus(code: Int) throws {
        let status = try #require(Status(code: code))
        #expect(throws: UnsendableHeader.undefinedStatus(status)) { try ResponseHeader(status, "text") }
        #expect(throws: UnsendableHeader.undefinedStatus(status)) { try ResponseHeader(status, text: "text") }
    }

    @Test("GP-075: what a handler returns stays on one line")
    func injection() throws {
        #expect(try ResponseHeader(.input, text: "a\r\n20 text/gemini").wire == "10 a 20 text/gemini\r\n")
        #expect(try ResponseHeader(.notFound, text: "\u{1B}[2Jx\u{85}y").wire == "51 \u{FFFD}[2Jx y\r\n")
        #expect(throws: UnsendableHeader.invalidMeta(.temporaryRedirect, .controlCharacter)) {
            try ResponseHeader(.temporaryRedirect, text: "/a\r\n20 text/gemini")
        }
    }

    @Test("GP-076: over 1,024 bytes a message is cut, a target and a media type are refused")
    func overflow() throws {
        let long = String(repeating: "x", count: 2000)
        #expect(try ResponseHeader(.input, text: long).bytes.count == 1029)
        #expect(try ResponseHeader(.certificateRequired, text: long).bytes.count == 1029)
        for status in [Status.success, .temporaryRedirect, .permanentRedirect] {
            #expect(throws: UnsendableHeader.invalidMeta(status, .tooLong(2000))) {
                try ResponseHeader(status, text: long)
            }
        }
    }

    @Test("GP-070: what is appended comes behind what is there")
    func appending() throws {
        var output = Array("before ".utf8)
        try ResponseHeader(.notFound).encode(into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "before 51 Not found\r\n")
    }

    @Test("GP-074, GP-077, GP-181: what a peer sent is passed on in a form that may be sent")
    func passingOn() throws {
        #expect(try ResponseHeader.received("51\r\n").wire == "51 Not found\r\n")
        #expect(try ResponseHeader.received("58 \r\n").wire == "50 Permanent failure\r\n")
        #expect(try ResponseHeader.received("45 later\r\n").wire == "40 later\r\n")
        #expect(try ResponseHeader.received("20\r\n").wire == "20 text/gemini\r\n")
        #expect(try ResponseHeader.received("10\r\n").wire == "10 Input\r\n")
        #expect(try ResponseHeader.received("44\r\n").wire == "44 30\r\n")
    }

    @Test("GP-076: what a client with a larger limit received is cut, or becomes a 40")
    func passingOnLongText() throws {
        let long = String(repeating: "é", count: 800)
        let message = try ResponseHeader.received("51 \(long)\r\n", metaLimit: 4096)
        #expect(message.meta?.text == long)
        #expect(message.sendable.meta?.text == String(repeating: "é", count: 512))
        let redirect = try ResponseHeader.received("30 \(long)\r\n", metaLimit: 4096)
        #expect(redirect.sendable.status == .temporaryFailure)
    }

    @Test("A header that was made to be sent is sent as it is, and read as it was", arguments: Status.defined)
    func roundTrip(status: Status) throws {
        let header = try ResponseHeader(status, "text/plain; charset=utf-8")
        #expect(header.sendable == header)
        let received = try ResponseHeader.parse(header.bytes.span)
        #expect(received.header == header)
        #expect(received.deviations == [])
        #expect(received.length == header.bytes.count)
    }

    @Test("DA-08: a client reads the seconds of 44 where there are any")
    func requestedDelay() throws {
        #expect(try ResponseHeader.received("44 30\r\n").requestedDelay == .seconds(30))
        #expect(try ResponseHeader.received("44 7 second cool down, please!\r\n").requestedDelay == .seconds(7))
        #expect(try ResponseHeader.received("44 Rate limit reached\r\n").requestedDelay == nil)
        #expect(try ResponseHeader.received("44 99999999999999999999\r\n").requestedDelay == nil)
        #expect(try ResponseHeader.received("44\r\n").requestedDelay == nil)
        #expect(try ResponseHeader.received("40 30\r\n").requestedDelay == nil)
    }

    @Test("GP-082: a success without a media type is gemtext in UTF-8")
    func mediaType() throws {
        #expect(try ResponseHeader.received("20\r\n").mediaType()?.description == "text/gemini; charset=utf-8")
        #expect(try ResponseHeader.received("22 text/plain\r\n").mediaType() == .plainText)
        #expect(try ResponseHeader.received("51 text/plain\r\n").mediaType() == nil)
        #expect(throws: MediaTypeError.invalidSubtype) { try ResponseHeader.received("20 hello\r\n").mediaType() }
    }

    @Test("A description is the header without its line end")
    func descriptions() throws {
        #expect(try ResponseHeader(.notFound).description == "51 Not found")
        #expect(try ResponseHeader.received("51\r\n").description == "51")
    }
}

extension ResponseHeader {
    fileprivate var wire: String {
        String(decoding: self.bytes, as: UTF8.self)
    }

    fileprivate static func received(_ text: String, metaLimit: Int = 1024) throws -> ResponseHeader {
        try ResponseHeader.parse(Array(text.utf8).span, metaLimit: metaLimit).header
    }
}
