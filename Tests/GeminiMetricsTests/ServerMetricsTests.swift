import CoreMetrics
import GeminiMetrics
import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("What a server measures", .timeLimit(.minutes(10)))
struct ServerMetricsTests {
    private static func values(_ registry: OpenMetricsRegistry) -> [String: Double] {
        RegistryTests.values(registry.exposition())
    }

    private static func counting(in registry: OpenMetricsRegistry) -> (inout ServerConfiguration) -> Void {
        { $0.metrics = registry }
    }

    /// Waits until a value is as it should be.
    private static func expect(
        _ registry: OpenMetricsRegistry,
        _ name: String,
        _ value: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let isThere = await eventually { Self.values(registry)[name] == value }
        #expect(isThere, "\(name) is \(Self.values(registry)[name] ?? .nan)", sourceLocation: sourceLocation)
    }

    @Test("Connections, handshakes, requests, responses by status, bytes and times")
    func exchanges() async throws {
        let registry = OpenMetricsRegistry()
        let responder: any Responder = .closure { request in
            switch request.path {
            case "/slow": .failure(.slowDown, "5")
            case "/broken": .success(.plainText, .stream { _ in throw CancellationError() })
            default: .text("Hello")
            }
        }
        var bytes = 0
        try await withServer(responder: responder, configure: Self.counting(in: registry)) { server async throws in
            #expect(Self.values(registry)["gemini_responses_total{status=\"44\"}"] == 0)
            for path in ["", "", "slow", "broken"] {
                bytes += try await server.answer(to: "gemini://localhost/\(path)").bytes.count
            }
            bytes += try await server.answer(to: "gemini://elsewhere/").bytes.count
            bytes += try await server.answer(to: "https://localhost/").bytes.count
            bytes += try await server.answer(to: "titan://localhost/;size=1").bytes.count
            bytes += try await server.answer(to: "nonsense").bytes.count
            #expect(await server.becomesIdle())
        }
        await Self.expect(registry, "gemini_connections_open", 0)
        let values = Self.values(registry)
        #expect(values["gemini_connections_accepted_total"] == 8)
        #expect(values["gemini_handshakes_total{version=\"TLSv1.3\"}"] == 8)
        #expect(values["gemini_handshakes_total{version=\"TLSv1.2\"}"] == 0)
        #expect(values["gemini_requests_total{scheme=\"gemini\"}"] == 5)
        #expect(values["gemini_requests_total{scheme=\"titan\"}"] == 1)
        #expect(values["gemini_requests_total{scheme=\"other\"}"] == 1)
        #expect(values["gemini_requests_total{scheme=\"malformed\"}"] == 1)
        let statuses = ["20": 3, "44": 1, "53": 3, "59": 1, "51": 0, "10": 0]
        for (status, count) in statuses {
            #expect(values["gemini_responses_total{status=\"\(status)\"}"] == Double(count), "\(status)")
        }
        #expect(values.keys.count { $0.hasPrefix("gemini_responses_total{") } == Status.defined.count)
        #expect(values["gemini_responses_incomplete_total"] == 1)
        #expect(values["gemini_response_bytes_total"] == Double(bytes))
        #expect(values["gemini_time_to_first_byte_seconds_count"] == 8)
        #expect(values["gemini_response_time_seconds_count"] == 8)
        let (first, whole) = (
            values["gemini_time_to_first_byte_seconds_sum"] ?? 0, values["gemini_response_time_seconds_sum"] ?? 0
        )
        #expect(0 < first && first <= whole && whole < 60)
    }

    @Test("Uploads by their bytes")
    func uploads() async throws {
        let registry = OpenMetricsRegistry()
        let responder: any Responder = .closure { request in
            .text("\(try await request.upload?.collect().readableBytes ?? 0)")
        }
        var host = try makeHost(["localhost"], responder)
        host.acceptsUploads = true
        try await withServer(hosts: [host], configure: Self.counting(in: registry)) { server async throws in
            let request = Array("titan://localhost/f;size=5000;mime=text/plain\r\n".utf8)
            let answer = try await server.answer(to: request + Array(repeating: 0x61, count: 5000), inPiecesOf: 1000)
            #expect(answer.header == "20 text/plain")
        }
        await Self.expect(registry, "gemini_upload_bytes_total", 5000)
    }

    @Test("Handshakes that fail, by reason")
    func handshakes() async throws {
        let registry = OpenMetricsRegistry()
        var limits = Limits()
        limits.handshakeTimeout = .milliseconds(300)
        var old = TestConnection.TLS()
        old.versions = .tlsv11 ... .tlsv11
        try await withServer(limits: limits, configure: Self.counting(in: registry)) { [old] server async throws in
            func failed(_ reason: String) -> String { "gemini_handshakes_failed_total{reason=\"\(reason)\"}" }
            for reason in ["no_tls", "timeout", "client_left", "client_alert", "version", "other"] {
                #expect(Self.values(registry)[failed(reason)] == 0, "\(reason)")
            }

            let plain = try await server.connect(nil)
            try await plain.send("gemini://localhost/\r\n")
            _ = try await plain.readToEnd()
            await Self.expect(registry, failed("no_tls"), 1)

            let silent = try await server.connect(nil)
            _ = try await silent.readToEnd()
            await Self.expect(registry, failed("timeout"), 1)

            let gone = try await server.connect(nil)
            await gone.drop()
            await Self.expect(registry, failed("client_left"), 1)

            await #expect(throws: (any Error).self) { try await server.connect(old) }
            await Self.expect(registry, failed("version"), 1)

            // A client that trusts nobody says so.
            var strict = TLSConfiguration.makeClientConfiguration()
            strict.trustRoots = .certificates([])
            let context = try NIOSSLContext(configuration: strict)
            await #expect(throws: (any Error).self) {
                try await TestConnection.connect(to: server.address, context: context, serverName: "localhost")
            }
            await Self.expect(registry, failed("client_alert"), 1)
            let values = Self.values(registry)
            let total = values.filter { $0.key.hasPrefix("gemini_handshakes_failed_total") }.values.reduce(0, +)
            #expect(total == 5)
            #expect(values["gemini_connections_accepted_total"] == 5)
        }
    }

    @Test("Connections that are refused, by reason")
    func refusals() async throws {
        let registry = OpenMetricsRegistry()
        var limits = Limits()
        limits.maximumConnections = 3
        limits.maximumConnectionsPerAddress = 2
        try await withServer(limits: limits, configure: Self.counting(in: registry)) { server async throws in
            _ = try await [server.connect(), server.connect()]
            await Self.expect(registry, "gemini_connections_open", 2)
            _ = try await server.connect(nil).readToEnd()
            await Self.expect(registry, "gemini_connections_refused_total{reason=\"address_full\"}", 1)
            let other = try await TestConnection.connect(
                to: server.address,
                from: SocketAddress(ipAddress: "127.0.0.3", port: 0)
            )
            _ = try await server.connect(nil).readToEnd()
            await Self.expect(registry, "gemini_connections_refused_total{reason=\"server_full\"}", 1)
            await Self.expect(registry, "gemini_connections_open", 3)
            await other.drop()
        }
    }

    @Test("When certificates expire, by host; hosts that are gone are told of no longer")
    func certificates() async throws {
        let registry = OpenMetricsRegistry()
        let hosts = try [makeHost(["a.test", "www.a.test"], Self.hello), makeHost(["b.test"], Self.hello)]
        try await withServer(hosts: hosts, configure: Self.counting(in: registry)) { server async throws in
            func expiry(_ host: String) -> Double? {
                Self.values(registry)["gemini_certificate_expiry_timestamp_seconds{host=\"\(host)\"}"]
            }
            for host in hosts {
                let end = try #require(host.identity.current.leaf.notAfter)
                let name = host.names[0].description
                #expect(await eventually { expiry(name) == Double(end.secondsSinceEpoch) })
            }
            #expect(expiry("www.a.test") == nil)

            var next = ServerConfiguration(hosts: [hosts[1], try makeHost(["c.test"], Self.hello)])
            next.listeners = server.running.listeners
            try await server.running.reload(next)
            #expect(await eventually { expiry("a.test") == nil && expiry("b.test") != nil && expiry("c.test") != nil })

            next.hosts = []
            let nobody = next
            await #expect(throws: ServerConfigurationError.noHosts) { try await server.running.reload(nobody) }
            server.running.metrics.reloaded(taken: false)
            let values = Self.values(registry)
            #expect(values["gemini_reloads_total{result=\"ok\"}"] == 1)
            #expect(values["gemini_reloads_total{result=\"failed\"}"] == 2)
        }
    }

    @Test("Of certificates that no listener shows nothing is told")
    func certificatesInClear() async throws {
        let registry = OpenMetricsRegistry()
        let counting = Self.counting(in: registry)
        let configure: (inout ServerConfiguration) -> Void = { configuration in
            counting(&configuration)
            configuration.listeners[0].tls = false
        }
        try await withServer(hosts: [makeHost(["a.test"], Self.hello)], configure: configure) { server async throws in
            let connection = try await server.connect(nil)
            try await connection.send("gemini://a.test/\r\n")
            #expect(try await connection.readToEnd().text == "20 text/plain\r\nHello")
            #expect(!Self.values(registry).keys.contains { $0.contains("certificate_expiry") })
        }
    }

    private static let hello: any Responder = .closure { _ in .text("Hello") }

    @Test("Every metric is explained, and under its own name")
    func help() async throws {
        let registry = OpenMetricsRegistry()
        for metric in ServerMetric.allCases { registry.describe(metric.rawValue, metric.help) }
        try await withServer(configure: Self.counting(in: registry)) { _ in
            let lines = registry.exposition().split(separator: "\n")
            let types = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
            let explained = lines.filter { $0.hasPrefix("# HELP ") }.map { $0.split(separator: " ")[2] }
            #expect(types == explained)
            let expected = ServerMetric.allCases.filter { $0 != .bans }.map { metric in
                [.timeToFirstByte, .responseTime].contains(metric) ? metric.rawValue + "_seconds" : metric.rawValue
            }
            #expect(types.map(String.init) == expected.sorted())
            #expect(Set(ServerMetric.allCases.map(\.help)).count == ServerMetric.allCases.count)
        }
    }
}
