import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore
import NIOSSL
import TestSupport
import Testing

/// The checks of gemini-diagnostics 1.0.0 with their exact conditions.
@Suite("gemini-diagnostics", .timeLimit(.minutes(10)))
struct DiagnosticsTests {
    private static func withCapsule<Result>(_ body: (TestServer) async throws -> Result) async throws -> Result {
        try await withServer(
            hosts: [makeHost(Capsule.names, Capsule())],
            configure: { $0.addresses = ListenAddress.loopback(port: 0) },
            body
        )
    }

    @Test("DG-01, DG-02: IPv4 and IPv6 connect")
    func addresses() async throws {
        try await Self.withCapsule { server in
            #expect(server.running.addresses.map { $0.ipAddress } == ["127.0.0.1", "::1"])
            for address in server.running.addresses {
                let connection = try await TestConnection.connect(to: address)
                try await connection.send("gemini://localhost/\r\n")
                #expect(try await connection.readToEnd().header == "20 text/gemini")
                await connection.close()
            }
        }
    }

    @Test("DG-03: TLS 1.3 is negotiated with who can")
    func version() async throws {
        try await Self.withCapsule { server in
            let connection = try await server.connect()
            #expect(try await connection.tlsVersion() == .tlsv13)
        }
    }

    @Test("DG-04: the certificate is valid now and for the host")
    func claims() async throws {
        try await Self.withCapsule { server in
            let connection = try await server.connect()
            let certificate = try #require(try await connection.serverCertificate())
            let now = Timestamp.now.secondsSinceEpoch
            #expect(certificate.notValidBefore <= now && now < certificate.notValidAfter)
            #expect(Certificate(der: try certificate.toDERBytes()).covers("localhost"))
        }
    }

    @Test("DG-05: the certificate verifies against itself, as one that is self-signed does")
    func verified() async throws {
        try await Self.withCapsule { server in
            let certificate = try #require(try await server.connect().serverCertificate())
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .certificates([certificate])
            configuration.certificateVerification = .fullVerification
            let connection = try await TestConnection.connect(
                to: server.address,
                context: NIOSSLContext(configuration: configuration),
                serverName: "localhost"
            )
            try await connection.send("gemini://localhost/\r\n")
            #expect(try await connection.readToEnd().header == "20 text/gemini")
            await connection.close()
        }
    }

    @Test("DG-06: close_notify is sent, and FIN after it")
    func closeNotify() async throws {
        try await Self.withCapsule { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            #expect(try await connection.readToEnd().closeNotify)
            #expect(try await connection.readToEndOfWire() == .finished)
        }
    }

    @Test("DG-07: a plaintext request gets zero bytes")
    func plaintext() async throws {
        try await Self.withCapsule { server in
            let connection = try await server.connect(nil)
            try await connection.send("gemini://localhost/\r\n")
            #expect(try await connection.readToEnd().bytes.isEmpty)
        }
    }

    @Test("DG-08: a request is answered while another is unfinished")
    func concurrent() async throws {
        try await Self.withCapsule { server in
            let first = try await server.connect()
            try await first.send("g")
            let second = try await server.answer(to: "gemini://localhost/")
            #expect(second.header == "20 text/gemini")
            try await first.send("emini://localhost/\r\n")
            #expect(try await first.readToEnd().header == "20 text/gemini")
            let entries = await server.accessLog.entries(atLeast: 2)
            #expect(entries.map(\.isComplete) == [true, true])
        }
    }

    @Test("DG-09: the form of the response")
    func format() async throws {
        try await Self.withCapsule { server in
            let response = try await server.answer(to: "gemini://localhost/")
            let header = Array(response.bytes.prefix { $0 != 0x0A })
            #expect(header.starts(with: Array("20 ".utf8)))
            #expect(header[3] != UInt8(ascii: " "))
            #expect(header.last == 0x0D)
            let mediaType = response.header.dropFirst(3).prefix { $0 != ";" }
            #expect(mediaType == "text/gemini")
            // GP-116: one kind of line break to the last line.
            #expect(response.body.last == 0x0A)
            #expect(!response.body.contains(0x0D))
            // GP-118
            #expect(!response.body.starts(with: [0xEF, 0xBB, 0xBF]))
        }
    }

    @Test("DG-10: the home page is no redirect", arguments: ["", "/"])
    func home(path: String) async throws {
        try await Self.withCapsule { server in
            let response = try await server.answer(to: "gemini://localhost\(path)")
            #expect(response.header == "20 text/gemini")
        }
    }

    @Test("DG-11: a page that is not there is exactly 51, with no body")
    func notFound() async throws {
        try await Self.withCapsule { server in
            let response = try await server.answer(to: "gemini://localhost/09pdsakjo73hjn12id78")
            #expect(response.header.hasPrefix("51 "))
            #expect(response.text == response.header + "\r\n")
        }
    }

    @Test("DG-12, GP-051: a bare LF gets no byte, not even at the deadline")
    func missingCR() async throws {
        #expect(Limits().requestTimeout >= .seconds(6), "an answer or end within 5 s fails the check")
        var limits = Limits()
        limits.requestTimeout = .seconds(1)
        try await withServer(hosts: [makeHost(Capsule.names, Capsule())], limits: limits) { server in
            let start = ContinuousClock.now
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\n")
            let transcript = try await connection.readToEnd()
            #expect(transcript.bytes.isEmpty)
            #expect(ContinuousClock.now - start > .milliseconds(900))
            #expect(server.accessLog.entries.isEmpty)
        }
    }

    /// The checks that look at the status of a response only.
    static let statuses = [
        RequestCase("DG-13 URLIncludePort", "gemini://localhost:{port}/", .status(20)),
        RequestCase("DG-14 URLSchemeMissing", "//localhost/", .status(59)),
        // DG-15 is content with anything that parses.
        RequestCase("DG-15 URLByIPAddress", "gemini://127.0.0.1:{port}/", .status(53)),
        RequestCase("DG-16 URLInvalidUTF8Byte", line: Array("gemini://localhost/".utf8) + [0xDC], .status(59)),
        RequestCase("DG-17 URLMaxSize", "gemini://localhost/" + String(repeating: "0", count: 1005), .status(51)),
        RequestCase("DG-18 URLAboveMaxSize", "gemini://localhost/" + String(repeating: "0", count: 1006), .status(59)),
        RequestCase("DG-19 URLWrongPort", "gemini://localhost:443/", .status(53)),
        RequestCase("DG-20 URLWrongHost", "gemini://wikipedia.org/", .status(53)),
        RequestCase("DG-21 URLSchemeHTTP", "http://localhost/", .status(53)),
        RequestCase("DG-22 URLSchemeHTTPS", "https://localhost/", .status(53)),
        RequestCase("DG-23 URLSchemeGopher", "gopher://localhost/", .status(53)),
        RequestCase("DG-24 URLEmpty", "", .status(59)),
        RequestCase("DG-25 URLRelative", "/", .status(59)),
        RequestCase("DG-26 URLInvalid", "Hello Gemini!", .status(59)),
        RequestCase("DG-27 URLDotEscape", "gemini://localhost/../../", .status(51)),
    ]

    @Test("DG-13 to DG-27: requests that have their status", arguments: Self.statuses)
    func status(_ request: RequestCase) async throws {
        try await Self.withCapsule { server in
            RequestConformanceTests.expect(request, try await server.answer(to: request.bytes(port: server.port)))
        }
    }
}
