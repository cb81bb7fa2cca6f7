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
        from address: String? = "127.0.0.1",
        as format: AccessLogFormat = .jetforce
    ) throws -> String {
        var entry = AccessLogEntry(
            remoteAddress: try address.map { try SocketAddress(ipAddress: $0, port: 4711) },
            acceptedAt: Self.moment,
            requestLine: request
        )
        entry.header = header
        entry.bytes = bytes
        var formatter = AccessLogFormatter(format)
        var line: [UInt8] = []
        formatter.append(entry, to: &line)
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

    @Test("The common and the combined format are those of HTTP servers")
    func common() throws {
        let request = Array("gemini://localhost/a%20b".utf8)
        #expect(
            try Self.line(request, .success(.gemtext), as: .common)
                == "127.0.0.1 - - [\(Self.time)] \"gemini://localhost/a%20b\" 20 34\n"
        )
        #expect(
            try Self.line(request, .success(.gemtext), as: .combined)
                == "127.0.0.1 - - [\(Self.time)] \"gemini://localhost/a%20b\" 20 34 \"-\" \"-\"\n"
        )
        #expect(
            try Self.line(request, nil, bytes: 0, from: nil, as: .common)
                == "- - - [\(Self.time)] \"gemini://localhost/a%20b\" - 0\n"
        )
    }

    /// An entry with everything that there can be.
    private static func fullEntry(_ display: AddressDisplay = .full) throws -> AccessLogEntry {
        var entry = AccessLogEntry(
            remoteAddress: try SocketAddress(ipAddress: "2001:db8:1:2::7", port: 4711),
            acceptedAt: Self.moment,
            requestLine: Array("gemini://www.example.org/\"a\\b\t\u{1B}\u{E0041}é".utf8) + [0xFF]
        )
        entry.acceptedAtMilliseconds = 7
        entry.addressDisplay = display
        entry.host = try Host("example.org")
        entry.port = 1965
        entry.tls = TLSSession(
            version: .v1_3,
            cipherSuite: CipherSuite(code: 0x1301),
            serverName: "www.example.org"
        )
        entry.clientCertificate = ClientCertificate(der: [1, 2, 3])
        entry.header = .success(.gemtext)
        entry.timeToFirstByte = .microseconds(412)
        entry.duration = .microseconds(61_034_005)
        entry.bytes = 34
        entry.isComplete = true
        return entry
    }

    private static func line(_ entry: AccessLogEntry, as format: AccessLogFormat) -> String {
        var formatter = AccessLogFormatter(format)
        var line: [UInt8] = []
        formatter.append(entry, to: &line)
        return String(decoding: line, as: UTF8.self)
    }

    private static let fingerprint = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"

    @Test("JSON has every member, and gives back what the client sent")
    func json() throws {
        let line = Self.line(try Self.fullEntry(), as: .json)
        #expect(
            line == #"{"time":"2026-11-20T20:51:09.007Z","remote":"2001:db8:1:2::7","host":"example.org","port":1965,"#
                + #""request":"gemini://www.example.org/\"a\\b\u0009\u001B\uDB40\uDC41é\\xFF","status":20,"#
                + #""meta":"text/gemini","bytes":34,"complete":true,"first_byte_ms":0.412,"duration_ms":61034.005,"#
                + #""tls":"TLSv1.3","cipher":"TLS_AES_128_GCM_SHA256","server_name":"www.example.org","#
                + "\"certificate\":\"\(Self.fingerprint)\"}\n"
        )
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["request"] as? String == "gemini://www.example.org/\"a\\b\t\u{1B}\u{E0041}é\\xFF")
        #expect(object.count == 15)
    }

    @Test("In JSON, what is not known is null")
    func jsonUnknown() throws {
        let entry = AccessLogEntry(remoteAddress: nil, acceptedAt: Self.moment, requestLine: [])
        #expect(
            Self.line(entry, as: .json)
                == #"{"time":"2026-11-20T20:51:09.000Z","remote":null,"host":null,"port":null,"request":"","status":null,"#
                + #""meta":null,"bytes":0,"complete":false,"first_byte_ms":null,"duration_ms":null,"tls":null,"#
                + #""cipher":null,"server_name":null,"certificate":null}"# + "\n"
        )
    }

    @Test("TSV has fifteen columns, the first four as molly-brown has them")
    func tsv() throws {
        let columns = [
            "2026-11-20T20:51:09.007Z", "2001:db8:1:2::7", "20",
            #"gemini://www.example.org/"a\\b\t\x1B\xF3\xA0\x81\x81é\xFF"#, "text/gemini", "34", "true", "0.412",
            "61034.005",
            "example.org", "1965", "TLSv1.3", "TLS_AES_128_GCM_SHA256", "www.example.org", Self.fingerprint,
        ]
        #expect(Self.line(try Self.fullEntry(), as: .tsv) == columns.joined(separator: "\t") + "\n")
        let entry = AccessLogEntry(remoteAddress: nil, acceptedAt: Self.moment, requestLine: Array("\r\n".utf8))
        let unknown = ["-", "-", #"\r\n"#, "-", "0", "false"] + Array(repeating: "-", count: 8)
        #expect(
            Self.line(entry, as: .tsv)
                == "2026-11-20T20:51:09.000Z\t" + unknown.joined(separator: "\t") + "\n"
        )
    }

    @Test("A certificate is shown as addresses are")
    func certificate() throws {
        func user(_ display: AddressDisplay) throws -> Substring {
            Self.line(try Self.fullEntry(display), as: .common).split(separator: " ")[2]
        }
        #expect(try user(.full) == Self.fingerprint)
        #expect(try user(.hashed).wholeMatch(of: /[0-9a-f]{16}/) != nil)
        #expect(try user(.truncated) == user(.hashed))
        #expect(try user(.off) == "-")
        #expect(Self.line(try Self.fullEntry(.off), as: .json).contains(#""remote":null,"#))
        #expect(Self.line(try Self.fullEntry(.truncated), as: .jetforce).hasPrefix("2001:db8:1:: ["))
    }

    @Test("The time changes with the entry")
    func time() throws {
        var format = AccessLogFormatter()
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

    @Test("Any bytes are one line without control characters, in every format", arguments: AccessLogFormat.allCases)
    func noise(_ format: AccessLogFormat) throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...64)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let line = try Self.line(bytes, .success(.gemtext), as: format)
            let isClean = line.dropLast().unicodeScalars.allSatisfy {
                $0 == "\t" && format == .tsv
                    || ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            #expect(isClean && line.hasSuffix("\n"), "\(bytes)")
            switch format {
            case .jetforce:
                #expect(line.hasSuffix("\" 20 \"text/gemini\" 34\n"))
            case .common, .combined:
                // By scalars: a combining mark behind a quote is no part of it.
                let expected = /^127\.0\.0\.1 - - \[[^\]]+\] "([^"\\]|\\.)*" 20 34( "-" "-")?\n$/
                #expect(line.contains(expected.matchingSemantics(.unicodeScalar)), "\(bytes)")
            case .json:
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                #expect(object?["status"] as? Int == 20, "\(bytes)")
            case .tsv:
                #expect(line.split(separator: "\t", omittingEmptySubsequences: false).count == 15, "\(bytes)")
            }
        }
    }
}
