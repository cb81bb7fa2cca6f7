import CoreMetrics
import NIOCore
import TestSupport
import Testing

@testable import GeminiMetrics

@Suite("OpenMetrics over HTTP", .timeLimit(.minutes(10)))
struct ListenerTests {
    private static func withListener<Result>(
        _ limits: OpenMetricsListener.Limits = OpenMetricsListener.Limits(),
        _ body: (OpenMetricsListener) async throws -> Result
    ) async throws -> Result {
        let registry = OpenMetricsRegistry()
        Counter(label: "requests", factory: registry).increment(by: 7)
        let listener = try await OpenMetricsListener.start(registry, host: "127.0.0.1", port: 0, limits: limits)
        do {
            let result = try await body(listener)
            await listener.shutDown()
            return result
        } catch {
            await listener.shutDown()
            throw error
        }
    }

    private static func answer(_ request: String, from listener: OpenMetricsListener) async throws -> String {
        let connection = try await TestConnection.connect(to: listener.address, tls: nil)
        try await connection.send(request)
        let text = try await connection.readToEnd().text
        await connection.drop()
        return text
    }

    private static let text = "# TYPE requests counter\nrequests_total 7\n# EOF\n"

    @Test("A request for the metrics gets them, with their type, and the connection ends")
    func get() async throws {
        try await Self.withListener { listener async throws in
            #expect(
                try await Self.answer("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", from: listener)
                    == "HTTP/1.1 200 OK\r\n"
                    + "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"
                    + "Cache-Control: no-store\r\nContent-Length: \(Self.text.utf8.count)\r\nConnection: close\r\n\r\n"
                    + Self.text
            )
        }
    }

    @Test(
        "What else may be asked for",
        arguments: [
            ("GET /metrics?name[]=x HTTP/1.1\r\nHost: h\r\n\r\n", "200 OK", true),
            ("GET http://localhost:9965/metrics HTTP/1.1\r\nHost: h\r\n\r\n", "200 OK", true),
            ("GET /metrics HTTP/1.0\r\n\r\n", "200 OK", true),
            ("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\nGET /metrics HTTP/1.1\r\nHost: h\r\n\r\n", "200 OK", true),
            ("HEAD /metrics HTTP/1.1\r\nHost: h\r\n\r\n", "200 OK", false),
            ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "404 Not Found", true),
            ("GET /metrics/ HTTP/1.1\r\nHost: h\r\n\r\n", "404 Not Found", true),
            ("GET http://localhost HTTP/1.1\r\nHost: h\r\n\r\n", "404 Not Found", true),
            ("HEAD /else HTTP/1.1\r\nHost: h\r\n\r\n", "404 Not Found", false),
            ("POST /metrics HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", "405 Method Not Allowed", true),
            ("DELETE /metrics HTTP/1.1\r\nHost: h\r\n\r\n", "405 Method Not Allowed", true),
            ("GET /metrics HTTP/1.1\r\n\r\n", "400 Bad Request", true),
            ("GET /metrics HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400 Bad Request", true),
            ("gemini://localhost/\r\n\r\n", "400 Bad Request", true),
            ("GET /metrics HTTP/1.1\r\nHost : h\r\n\r\n", "400 Bad Request", true),
            ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}", "400 Bad Request", true),
        ]
    )
    func requests(request: String, status: String, hasBody: Bool) async throws {
        try await Self.withListener { listener async throws in
            let answer = try await Self.answer(request, from: listener)
            #expect(answer.hasPrefix("HTTP/1.1 \(status)\r\n"), "\(answer)")
            let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
            try #require(parts.count == 2)
            #expect(parts[1].isEmpty != hasBody)
            let length = parts[0].firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.1) }
            #expect(!hasBody || length == parts[1].utf8.count)
            #expect((status == "405 Method Not Allowed") == parts[0].contains("\r\nAllow: GET, HEAD\r\n"))
        }
    }

    @Test("A client that has closed its side is answered")
    func halfClosed() async throws {
        try await Self.withListener { listener async throws in
            let connection = try await TestConnection.connect(to: listener.address, tls: nil)
            try await connection.send("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n")
            try await connection.closeOutput()
            #expect(try await connection.readToEnd().text.hasSuffix(Self.text))
            await connection.drop()
        }
    }

    @Test("A request in single bytes is one all the same")
    func dribble() async throws {
        try await Self.withListener { listener async throws in
            let connection = try await TestConnection.connect(to: listener.address, tls: nil)
            try await connection.send("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n", inPiecesOf: 1)
            #expect(try await connection.readToEnd().text.hasSuffix(Self.text))
            await connection.drop()
        }
    }

    @Test("A request has its limit, wherever it is long", arguments: ["path", "field", "fields"])
    func tooLong(place: String) async throws {
        let long = String(repeating: "a", count: 10_000)
        let request =
            switch place {
            case "path": "GET /\(long) HTTP/1.1\r\nHost: h\r\n\r\n"
            case "field": "GET /metrics HTTP/1.1\r\nHost: h\r\nX: \(long)\r\n\r\n"
            default: "GET /metrics HTTP/1.1\r\nHost: h\r\n\(String(repeating: "X: y\r\n", count: 2000))\r\n"
            }
        try await Self.withListener { listener async throws in
            let answer = try await Self.answer(request, from: listener)
            #expect(answer.hasPrefix("HTTP/1.1 431 "), "\(answer.prefix(200))")
        }
    }

    @Test(
        "A connection that says nothing, or not enough, has its time",
        arguments: ["", "GET /metrics HTTP/1.1\r\nHost:"]
    )
    func deadline(sent: String) async throws {
        var limits = OpenMetricsListener.Limits()
        limits.requestTime = .milliseconds(200)
        try await Self.withListener(limits) { listener async throws in
            #expect(try await Self.answer(sent, from: listener).isEmpty)
        }
    }

    private static let request = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n"

    /// Limits that no test lives to see the end of.
    private static var patient: OpenMetricsListener.Limits {
        var limits = OpenMetricsListener.Limits()
        limits.requestTime = .hours(1)
        limits.time = .hours(1)
        return limits
    }

    @Test(
        "However many connections say nothing, or begin a request and do not end it: who asks is answered",
        arguments: [16, 100, 300],
        ["", "GET /metrics HTTP/1.1\r\nHost:"]
    )
    func silent(count: Int, sent: String) async throws {
        try await Self.withListener(Self.patient) { listener async throws in
            var open: [TestConnection] = []
            for _ in 0..<count {
                let connection = try await TestConnection.connect(to: listener.address, tls: nil)
                try? await connection.send(sent)
                open.append(connection)
            }
            for _ in 1...3 { #expect(try await Self.answer(Self.request, from: listener).hasSuffix(Self.text)) }
            for connection in open { await connection.drop() }
        }
    }

    @Test("Of silent connections the oldest gives way to a new one, and it alone")
    func oldest() async throws {
        var limits = Self.patient
        limits.connections = 2
        try await Self.withListener(limits) { listener async throws in
            let first = try await TestConnection.connect(to: listener.address, tls: nil)
            #expect(await eventually { listener.connections.count == 1 })
            let second = try await TestConnection.connect(to: listener.address, tls: nil)
            try await second.send("GET")
            #expect(await eventually { listener.connections.count == 2 })
            #expect(try await Self.answer(Self.request, from: listener).hasSuffix(Self.text))
            #expect(((try? await first.readToEnd().text) ?? "").isEmpty)
            try await second.send(" /metrics HTTP/1.0\r\n\r\n")
            #expect(try await second.readToEnd().text.hasSuffix(Self.text))
            await first.drop()
            await second.drop()
        }
    }

    @Test("Who has been answered and does not close gives way too")
    func lingering() async throws {
        var limits = Self.patient
        limits.connections = 2
        try await Self.withListener(limits) { listener async throws in
            var open: [TestConnection] = []
            for _ in 1...6 {
                let connection = try await TestConnection.connect(to: listener.address, tls: nil)
                try await connection.send(Self.request)
                #expect(try await connection.readToEnd().text.hasSuffix(Self.text))
                open.append(connection)
            }
            for connection in open { await connection.drop() }
        }
    }

    @Test("However many have been answered and do not close: who takes its time to ask is answered")
    func lingeringCrowd() async throws {
        var limits = Self.patient
        limits.connections = 4
        try await Self.withListener(limits) { listener async throws in
            let slow = try await TestConnection.connect(to: listener.address, tls: nil)
            try await slow.send("GET /metrics")
            #expect(await eventually { listener.connections.count == 1 })
            var open: [TestConnection] = []
            for _ in 1...12 {
                let connection = try await TestConnection.connect(to: listener.address, tls: nil)
                try await connection.send(Self.request)
                #expect(try await connection.readToEnd().text.hasSuffix(Self.text))
                open.append(connection)
            }
            try await slow.send(" HTTP/1.0\r\n\r\n")
            #expect(try await slow.readToEnd().text.hasSuffix(Self.text))
            await slow.drop()
            for connection in open { await connection.drop() }
        }
    }

    @Test(
        "Who gives way: first who is answered, then who has not asked, last who is being answered; of each the oldest"
    )
    func slots() {
        var slots = ConnectionSlots(capacity: 3)
        #expect([1, 2, 3].map { slots.enter($0) } == [.none, .none, .none])
        slots.move(1, to: .answering)
        #expect(slots.enter(4) == .close(2))
        slots.move(3, to: .answered)
        #expect(slots.enter(5) == .close(3))
        slots.move(5, to: .answering)
        #expect(slots.enter(6) == .close(4))
        slots.move(6, to: .answering)
        #expect(slots.enter(7) == .close(1) && slots.count == 3)
        slots.move(1, to: .reading)
        slots.leave(7)
        #expect(slots.count == 2 && slots.enter(8) == .none)
    }

    @Test("An address that cannot be had is one sentence")
    func unusable() async throws {
        try await Self.withListener { listener async throws in
            let port = try #require(listener.address.port)
            let error = await #expect(throws: OpenMetricsListenError.self) {
                _ = try await OpenMetricsListener.start(OpenMetricsRegistry(), port: port)
            }
            #expect(
                error?.description == "Metrics cannot be shown at 127.0.0.1:\(port) (Address already in use): "
                    + "choose another address or port."
            )
        }
        let error = await #expect(throws: OpenMetricsListenError.self) {
            _ = try await OpenMetricsListener.start(OpenMetricsRegistry(), port: 70_000)
        }
        #expect(error?.description.contains("70000 is no port") == true)
    }
}
