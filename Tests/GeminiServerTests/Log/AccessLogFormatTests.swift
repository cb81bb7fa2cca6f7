import Foundation
import GeminiProtocol
import NIOCore
import Testing

@testable import GeminiServer

@Suite("Access log format")
struct AccessLogFormatTests {
    private static let moment = Timestamp(secondsSinceEpoch: 1_795_207_869)

    private static func line(
        _ request: [UInt8],
        _ header: ResponseHeader?,
        bytes: Int = 34,
        from address: String? = "127.0.0.1"
    ) throws -> String {
        var entry = AccessLogEntry(
            remoteAddress: try address.map { try SocketAddress(ipAddress: $0, port: 4711) },
            acceptedAt: Self.moment,
            requestLine: request
        )
        entry.header = header
        entry.bytes = bytes
        var format = AccessLogFormat()
        var line: [UInt8] = []
        format.append(entry, to: &line)
        return String(decoding: line, as: UTF8.self)
    }

    /// The moment as jetforce writes it, in the time zone of this machine.
    private static var time: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "dd/MMM/yyyy:HH:mm:ss Z"
        return formatter.string(from: Date(timeIntervalSince1970: Double(Self.moment.secondsSinceEpoch)))
    }

    @Test("A line is jetforce's")
    func golden() throws {
        #expect(
            try Self.line(Array("gemini://localhost/".utf8), .success(.gemtext))
                == "127.0.0.1 [\(Self.time)] \"gemini://localhost/\" 20 \"text/gemini\" 34\n"
        )
        #expect(
            try Self.line(Array("gemini://localhost/x".utf8), .failure(.notFound), bytes: 14, from: "2001:db8::1")
                == "2001:db8::1 [\(Self.time)] \"gemini://localhost/x\" 51 \"Not found\" 14\n"
        )
    }

    @Test("What is not known is a hyphen")
    func unknown() throws {
        #expect(
            try Self.line(Array("gemini://localhost/".utf8), nil, bytes: 0, from: nil)
                == "- [\(Self.time)] \"gemini://localhost/\" - \"-\" 0\n"
        )
        #expect(try Self.line([], .failure(.badRequest)) == "127.0.0.1 [\(Self.time)] \"\" 59 \"Bad request\" 34\n")
    }

    @Test("The time changes with the entry")
    func time() throws {
        var format = AccessLogFormat()
        var lines: [UInt8] = []
        for offset in [0, 0, 1, -3600] {
            let entry = AccessLogEntry(
                remoteAddress: nil,
                acceptedAt: Timestamp(secondsSinceEpoch: Self.moment.secondsSinceEpoch + Int64(offset)),
                requestLine: []
            )
            format.append(entry, to: &lines)
        }
        let text = String(decoding: lines, as: UTF8.self).split(separator: "\n")
        #expect(text[0] == text[1])
        #expect(Set(text).count == 3)
    }

    struct Escape: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var expected: String

        init(_ description: String, _ bytes: [UInt8], _ expected: String) {
            self.testDescription = description
            self.bytes = bytes
            self.expected = expected
        }

        init(_ description: String, _ text: String, _ expected: String) {
            self.init(description, Array(text.utf8), expected)
        }
    }

    static let escapes = [
        Escape("plain text", "gemini://h/a?b=c", "gemini://h/a?b=c"),
        Escape("a quote", "a\"b", #"a\"b"#),
        Escape("a backslash", #"a\b"#, #"a\\b"#),
        Escape("a backslash before a quote", #"\""#, #"\\\""#),
        Escape("LF", "a\nb", #"a\x0Ab"#),
        Escape("CR", "a\rb", #"a\x0Db"#),
        Escape("TAB", "a\tb", #"a\x09b"#),
        Escape("NUL", "a\0b", #"a\x00b"#),
        Escape("ESC", "a\u{1B}[31mb", #"a\x1B[31mb"#),
        Escape("DEL", "a\u{7F}b", #"a\x7Fb"#),
        Escape("C1", "a\u{9B}31mb", #"a\xC2\x9B31mb"#),
        Escape("NEL", "a\u{85}b", #"a\xC2\x85b"#),
        Escape("a right-to-left override", "a\u{202E}b", #"a\xE2\x80\xAEb"#),
        Escape("an isolate", "a\u{2066}b", #"a\xE2\x81\xA6b"#),
        Escape("a line separator", "a\u{2028}b", #"a\xE2\x80\xA8b"#),
        Escape("a zero-width space", "a\u{200B}b", #"a\xE2\x80\x8Bb"#),
        Escape("a byte order mark", "\u{FEFF}a", #"\xEF\xBB\xBFa"#),
        Escape("a language tag", "\u{E0041}a", #"\xF3\xA0\x81\x81a"#),
        Escape("private use", "\u{E000}", #"\xEE\x80\x80"#),
        Escape("letters of any script", "café 世界 😀", "café 世界 😀"),
        Escape("a combining accent", "e\u{301}", "e\u{301}"),
        Escape("a lone continuation byte", [0x61, 0x80, 0x62], #"a\x80b"#),
        Escape("a sequence that is cut off", [0x61, 0xE2, 0x82], #"a\xE2\x82"#),
        Escape("a sequence that breaks off", [0xE2, 0x82, 0x61], #"\xE2\x82a"#),
        Escape("an overlong slash", [0xC0, 0xAF], #"\xC0\xAF"#),
        Escape("a surrogate", [0xED, 0xA0, 0x80], #"\xED\xA0\x80"#),
        Escape("above Unicode", [0xF4, 0x90, 0x80, 0x80], #"\xF4\x90\x80\x80"#),
        Escape("bytes that are in no UTF-8", [0xFF, 0xFE], #"\xFF\xFE"#),
        Escape("Latin-1", [0x63, 0x61, 0x66, 0xE9], #"caf\xE9"#),
    ]

    @Test("Whatever stands in a request stays between its quotes", arguments: Self.escapes)
    func escape(_ escape: Escape) throws {
        let line = try Self.line(escape.bytes, .failure(.badRequest, "Bad \"request\""))
        #expect(line == "127.0.0.1 [\(Self.time)] \"\(escape.expected)\" 59 \"Bad \\\"request\\\"\" 34\n")
    }

    @Test("Any bytes are one line without control characters")
    func noise() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...64)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let line = try Self.line(bytes, .success(.gemtext))
            #expect(line.hasSuffix("\" 20 \"text/gemini\" 34\n"))
            let isClean = line.dropLast().unicodeScalars.allSatisfy {
                ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            #expect(isClean, "\(bytes)")
        }
    }
}
