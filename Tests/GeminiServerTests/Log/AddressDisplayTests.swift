import GeminiProtocol
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import GeminiServer

@Suite("Addresses in logs")
struct AddressDisplayTests {
    private static let noon = Timestamp(year: 2026, month: 11, day: 20, hour: 12)!

    private static func text(
        _ address: String,
        _ display: AddressDisplay,
        at moment: Timestamp = Self.noon,
        salt: DailySalt = .shared
    ) throws -> String? {
        display.text(of: try SocketAddress(ipAddress: address, port: 4711), at: moment, salt: salt)
    }

    @Test(
        "An address is cut to its network",
        arguments: [
            ("192.0.2.7", "192.0.2.0"),
            ("255.255.255.255", "255.255.255.0"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
            ("2001:db8::1", "2001:db8::"),
            ("::1", "::"),
            ("fe80::1", "fe80::"),
            ("::ffff:192.0.2.7", "192.0.2.0"),
        ]
    )
    func truncated(address: String, expected: String) throws {
        #expect(try Self.text(address, .truncated) == expected)
    }

    @Test("The whole address, or none")
    func plain() throws {
        #expect(try Self.text("192.0.2.7", .full) == "192.0.2.7")
        #expect(try Self.text("2001:db8::1", .full) == "2001:db8::1")
        #expect(try Self.text("192.0.2.7", .off) == nil)
        for display in AddressDisplay.allCases {
            #expect(display.text(of: nil, at: Self.noon) == nil)
            #expect(display.text(of: try SocketAddress(unixDomainSocketPath: "/run/x"), at: Self.noon) == nil)
        }
    }

    @Test("A visitor has one token a day, and another on the next, which no other has")
    func hashed() throws {
        let salt = DailySalt()
        func token(_ address: String, _ offset: Duration = .zero) throws -> String {
            try #require(try Self.text(address, .hashed, at: Self.noon + offset, salt: salt))
        }
        let morning = try token("192.0.2.7", .seconds(-12 * 3600))
        #expect(morning.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        #expect(try token("192.0.2.7") == morning)
        #expect(try token("192.0.2.7", .seconds(12 * 3600 - 1)) == morning)
        #expect(try token("::ffff:192.0.2.7") == morning)
        #expect(try token("192.0.2.8") != morning)
        // One subscriber's network.
        #expect(try token("2001:db8:1:2::1") == token("2001:db8:1:2:ffff::2"))
        #expect(try token("2001:db8:1:2::1") != token("2001:db8:1:3::1"))

        let tomorrow = try token("192.0.2.7", .seconds(12 * 3600))
        #expect(tomorrow != morning)
        #expect(try token("192.0.2.7", .seconds(20 * 3600)) == tomorrow)
        // A response that took past midnight is told of with the salt that there is.
        #expect(try token("192.0.2.7", .seconds(12 * 3600 - 1)) == tomorrow)
        // A clock that was wrong and has been set.
        #expect(try token("192.0.2.7", .seconds(-10 * 86_400)) != tomorrow)
    }

    @Test("Who knows the salt of another day, or of another process, learns nothing")
    func salts() throws {
        let drawn = NIOLockedValueBox<UInt8>(0)
        let salt = DailySalt {
            drawn.withLockedValue { drawn in
                drawn += 1
                return Array(repeating: drawn, count: 32)
            }
        }
        let tokens = try [0, 1, 2, 2].map { day in
            try Self.text("192.0.2.7", .hashed, at: Self.noon + .seconds(day * 86_400), salt: salt)
        }
        #expect(Set(tokens).count == 3)
        #expect(drawn.withLockedValue { $0 } == 3)
        #expect(
            try Self.text("192.0.2.7", .hashed, salt: DailySalt()) != Self.text("192.0.2.7", .hashed, salt: DailySalt())
        )
        #expect(try Self.text("192.0.2.7", .hashed) == Self.text("192.0.2.7", .hashed))
    }

    @Test("A certificate's token is none of an address")
    func certificates() throws {
        let salt = DailySalt()
        let fingerprint = try #require(Fingerprint(bytes: Array(repeating: 7, count: 32)))
        let token = AddressDisplay.hashed.text(of: fingerprint, at: Self.noon, salt: salt)
        #expect(token?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        #expect(AddressDisplay.truncated.text(of: fingerprint, at: Self.noon, salt: salt) == token)
        #expect(AddressDisplay.full.text(of: fingerprint, at: Self.noon) == String(repeating: "07", count: 32))
        #expect(AddressDisplay.off.text(of: fingerprint, at: Self.noon) == nil)
    }

    @Test(
        "A 61 that names the certificate is written down with no more of it than the log may have",
        arguments: AddressDisplay.allCases
    )
    func refusedCertificate(_ display: AddressDisplay) throws {
        let certificate = ClientCertificate(der: [1, 2, 3])
        let name = certificate.fingerprint.spelled(.jetforce)
        var entry = AccessLogEntry(remoteAddress: nil, acceptedAt: Self.noon, requestLine: [])
        entry.addressDisplay = display
        entry.clientCertificate = certificate
        entry.header = Response.failure(.certificateNotAuthorized, "Not \(name), sorry").header
        for format in AccessLogFormat.allCases {
            var line: [UInt8] = []
            var formatter = AccessLogFormatter(format)
            formatter.append(entry, to: &line)
            #expect(
                String(decoding: line, as: UTF8.self).contains(name.dropFirst(7))
                    == (display == .full && !format.isCommon)
            )
        }
        let shown =
            switch display {
            case .full: name
            case .truncated, .hashed: "logged as \(try #require(entry.displayedCertificate))"
            case .off: "not logged"
            }
        #expect(entry.displayedMeta == "Not \(shown), sorry")
        entry.header = Response.failure(.permanentFailure, "Not \(name), sorry").header
        #expect(entry.displayedMeta == "Not \(name), sorry")
    }
}

extension AccessLogFormat {
    /// Whether it is one of those that do not tell the meta.
    fileprivate var isCommon: Bool { self == .common || self == .combined }
}
