import Foundation
import GeminiProtocol
import GeminiServer
import NIOSSL
import TestSupport
import Testing

@Suite("What a server writes down", .timeLimit(.minutes(10)))
struct ServedAccessLogTests {
    @Test("One line for each request, whatever was sent")
    func served() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("access.log")
        let log = try AccessLogFile(path: path, logger: RecordingLog().logger)
        let requests: [[UInt8]] = [
            Array("gemini://localhost/".utf8),
            Array("gemini://localhost/\"\n127.0.0.1 [forged] \"gemini://localhost/".utf8),
            Array("\u{1B}]0;owned\u{7}\u{202E}".utf8),
            [0xFF, 0x00, 0x0A, 0x0A, 0x0D],
            [],
        ]
        let logging: @Sendable (inout ServerConfiguration) -> Void = { $0.accessLog = log }
        try await withServer(configure: logging) { server in
            for request in requests { _ = try await server.answer(to: request + [0x0D, 0x0A]) }
            #expect(await server.becomesIdle())
        }
        await log.flush()
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.unicodeScalars.count { $0 == "\n" } == requests.count)
        let lines = text.split(separator: "\n")
        #expect(
            lines.allSatisfy {
                $0.wholeMatch(of: /127\.0\.0\.1 \[[^\]]+\] "([^"\\]|\\.)*" [25][09] "([^"\\]|\\.)*" \d+/) != nil
            }
        )
    }

    @Test("A server's entries have what every format tells", .timeLimit(.minutes(10)))
    func fields() async throws {
        let identity = try TestIdentity()
        let responder: any Responder = .closure { request in
            request.path == "/long"
                ? .success(
                    .plainText,
                    .stream {
                        try await $0.write("a")
                        try await $0.write("b")
                    }
                ) : .text("Hello")
        }
        try await withServer(responder: responder) { server in
            _ = try await server.answer(to: "gemini://localhost/", tls: identity.tls(versions: .tlsv12 ... .tlsv12))
            _ = try await server.answer(to: "gemini://localhost/long")
            _ = try await server.answer(to: "gemini://elsewhere/")
            let entries = await server.accessLog.entries(atLeast: 3)
            for entry in entries {
                #expect(entry.port == server.port)
                #expect(entry.isComplete)
                #expect((0...999).contains(entry.acceptedAtMilliseconds))
                let (first, whole) = try (#require(entry.timeToFirstByte), #require(entry.duration))
                #expect(.zero < first && first <= whole && whole < .seconds(60))
            }
            #expect(entries.map { $0.host?.description } == ["localhost", "localhost", "elsewhere"])
            #expect(entries.map { $0.tls?.version } == [.v1_2, .v1_3, .v1_3])
            #expect(entries.map { $0.tls?.serverName } == ["localhost", "localhost", "localhost"])
            #expect(entries.map { $0.clientCertificate?.der } == [try identity.der, nil, nil])
        }
    }

    @Test("Host and port are those that a request asks for, whoever answers it")
    func target() async throws {
        var wild = try makeHost(["any.a.test"], .closure { _ in .text("wild") })
        wild.names = []
        wild.wildcards = [try HostPattern("*.a.test")]
        let named = try makeHost(["first.test", "second.test"], .closure { _ in .text("named") })
        try await withServer(hosts: [wild, named]) { server in
            let port = server.port
            let asked: [(line: String, host: String?, port: Int, status: Status)] = [
                ("gemini://X.a.Test./", "x.a.test", port, .success),
                ("gemini://second.test:\(port)/", "second.test", port, .success),
                ("gemini://first.test:1/", "first.test", 1, .proxyRequestRefused),
                ("gemini://caf\u{E9}.test/", "xn--caf-dma.test", port, .proxyRequestRefused),
                ("https://[::1]:443/", "[::1]", 443, .proxyRequestRefused),
                ("titan://first.test/a;size=1", "first.test", port, .proxyRequestRefused),
                ("gemini://first.test/../a", "first.test", port, .notFound),
                ("first.test", nil, port, .badRequest),
            ]
            for request in asked { _ = try await server.answer(to: request.line) }
            let entries = await server.accessLog.entries(atLeast: asked.count)
            #expect(entries.count == asked.count)
            for (entry, request) in zip(entries, asked) {
                #expect(entry.host?.description == request.host, "\(request.line)")
                #expect(entry.port == request.port, "\(request.line)")
                #expect(entry.header?.status == request.status, "\(request.line)")
            }
        }
    }

    @Test("What the server says of a client names it no further than it may", arguments: AddressDisplay.allCases)
    func serverLog(_ display: AddressDisplay) async throws {
        let displaying: (inout ServerConfiguration) -> Void = { $0.addressDisplay = display }
        try await withServer(configure: displaying) { server in
            let connection = try await server.connect(nil)
            try await connection.send("GET / HTTP/1.1\r\n\r\n")
            _ = try await connection.readToEnd()
            #expect(await eventually { server.log.contains("The client speaks no TLS.") })
            _ = try await server.answer(to: "gemini://localhost/")
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            let message = try #require(server.log.messages.first { $0.text.contains("no TLS") })
            let named = message.metadata["gemini.remote-address"].map { "\($0)" }
            #expect(named == entry.displayedAddress)
            switch display {
            case .full: #expect(named == "127.0.0.1")
            case .truncated: #expect(named == "127.0.0.0")
            case .hashed: #expect(named?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
            case .off: #expect(named == nil)
            }
            if display != .full {
                #expect(server.log.messages.allSatisfy { !"\($0.text)\($0.metadata)".contains("127.0.0.1") })
            }
        }
    }
}
