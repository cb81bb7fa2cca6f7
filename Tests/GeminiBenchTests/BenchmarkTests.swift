import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import GeminiBench

@Suite("Benchmarks against a server")
struct BenchmarkTests {
    private static func plan(_ port: Int, _ change: (inout BenchmarkPlan) -> Void = { _ in }) throws -> BenchmarkPlan {
        var plan = BenchmarkPlan(url: try GeminiURL("gemini://localhost:\(port)/"))
        plan.endpoint = BenchmarkPlan.Endpoint(host: "127.0.0.1", port: port)
        plan.connections = 4
        plan.threads = 2
        plan.warmup = .zero
        plan.duration = nil
        plan.requests = 50
        change(&plan)
        return plan
    }

    @Test("Every request is made, counted and timed", arguments: [TLSVersion.tls12, .tls13])
    func closedLoop(_ version: TLSVersion) async throws {
        try await withServer { server in
            let report = try await Benchmark(Self.plan(server.port) { $0.maximumTLSVersion = version }).run()
            #expect(report.completed == 50)
            #expect(report.failed == 0, "\(report.examples)")
            #expect(report.statuses == [.success: 50])
            #expect(report.bytes == 50 * Int64("20 text/gemini\r\n# Hello\n".utf8.count))
            #expect(report.resumed == 0)
            #expect(report.unfinished == 0)
            #expect(report.threads == 2)
            #expect(report.address == "127.0.0.1:\(server.port)")
            for latency in [report.connect, report.handshake, report.firstByte, report.total] {
                #expect(latency.count == 50)
                #expect(latency.percentile(50) > .zero)
            }
            #expect(report.total.maximum >= report.handshake.maximum)
            #expect(report.requestsPerSecond > 0)
            #expect(report.processorTime > .zero)
            #expect(await server.becomesIdle())
            #expect(server.accessLog.entries.count == 50)
        }
    }

    @Test("The poller for other systems does the same")
    func portablePoller() async throws {
        try await withServer { server in
            let report = try await Benchmark(Self.plan(server.port)).run(on: PollPoller.self)
            #expect(report.completed == 50)
            #expect(report.failed == 0, "\(report.examples)")
        }
    }

    @Test("Sessions are resumed when asked for", arguments: [TLSVersion.tls12, .tls13])
    func resumption(_ version: TLSVersion) async throws {
        try await withServer { server in
            let report = try await Benchmark(
                Self.plan(server.port) {
                    $0.maximumTLSVersion = version
                    $0.resumesSessions = true
                }
            ).run()
            #expect(report.completed == 50)
            // The first of each connection has no ticket yet.
            #expect(report.resumed >= 40)
        }
    }

    @Test("A long response is read to its end")
    func longResponse() async throws {
        let body = String(repeating: "0123456789abcdef\n", count: 100_000)
        try await withServer(responder: .closure { _ in .text(body) }) { server in
            let report = try await Benchmark(Self.plan(server.port) { $0.requests = 8 }).run()
            #expect(report.completed == 8)
            #expect(report.bytes > 8 * Int64(body.utf8.count))
        }
    }

    @Test("What a stall delays counts from when it was due: no omission that is coordinated with the server")
    func openLoop() async throws {
        let isFirst = NIOLockedValueBox(true)
        let responder: some Responder = .closure { _ in
            if isFirst.withLockedValue({ first in
                defer { first = false }
                return first
            }) {
                try await Task.sleep(for: .milliseconds(500))
            }
            return .gemtext("# Hello\n")
        }
        try await withServer(responder: responder) { server in
            let report = try await Benchmark(
                Self.plan(server.port) {
                    $0.load = .open(requestsPerSecond: 100)
                    $0.connections = 1
                    $0.requests = nil
                    $0.duration = .seconds(1)
                }
            ).run()
            // All that were due within the second, although one connection was busy for half of it.
            #expect(report.completed == 100)
            // Had each counted from when it began, only the first would have been slow.
            #expect(report.total.percentile(60) > .milliseconds(20))
            #expect(report.total.percentile(99) > .milliseconds(400))
        }
    }

    @Test("A server that cannot keep up is kept busy: what waits too long fails, and the rest is answered")
    func overload() async throws {
        let responder: some Responder = .closure { _ in
            try await Task.sleep(for: .milliseconds(20))
            return .gemtext("# Hello\n")
        }
        try await withServer(responder: responder) { server in
            let report = try await Benchmark(
                Self.plan(server.port) {
                    $0.load = .open(requestsPerSecond: 400)
                    $0.connections = 2
                    $0.requests = nil
                    $0.duration = .seconds(1)
                    $0.timeout = .milliseconds(300)
                }
            ).run()
            #expect(report.completed + report.failed == 400)
            // Two connections and 20 ms allow for a hundred a second at most, while the run and its queue last.
            #expect((1...140).contains(report.completed))
            #expect(Set(report.failures.keys) == [.timeout])
            // Who had to wait for a connection for as long as anybody does still has time to be answered.
            #expect(report.total.maximum > .milliseconds(300))
            #expect(report.total.maximum < .seconds(30))
        }
    }

    @Test("A warm-up is not counted")
    func warmup() async throws {
        try await withServer { server in
            let report = try await Benchmark(
                Self.plan(server.port) {
                    $0.load = .open(requestsPerSecond: 100)
                    $0.warmup = .milliseconds(200)
                    $0.requests = 10
                }
            ).run()
            #expect(report.completed == 10)
            #expect(await server.becomesIdle())
            #expect(server.accessLog.entries.count == 30)
        }
    }

    @Test("A cancelled run gives what was measured until then")
    func cancellation() async throws {
        let gate = Gate()
        let count = NIOLockedValueBox(0)
        let responder: some Responder = .closure { _ in
            if count.withLockedValue({
                $0 += 1
                return $0
            }) > 10 {
                try await gate.wait()
            }
            return .gemtext("# Hello\n")
        }
        try await withServer(responder: responder) { server in
            let plan = try Self.plan(server.port) { $0.requests = 100 }
            let running = Task { try await Benchmark(plan).run() }
            await gate.entered()
            #expect(await eventually { count.withLockedValue { $0 } == 14 })
            running.cancel()
            let report = try await running.value
            #expect(report.completed == 10)
            #expect(report.unfinished == 4)
            #expect(report.failed == 0)
        }
    }

    @Test("A server that does not answer is a timeout")
    func timeout() async throws {
        try await ScriptedServer.run(.silence) { server in
            let report = try await Benchmark(
                Self.plan(server.port) {
                    $0.requests = 4
                    $0.timeout = .milliseconds(200)
                }
            ).run()
            #expect(report.failures == [.timeout: 4])
            #expect(report.completed == 0)
            #expect(report.total.count == 0)
        }
    }

    @Test(
        "What goes wrong is counted by its kind",
        arguments: [
            (.cut("20 text/plain\r\nabc"), .truncated), (.cut("20 text"), .badHeader),
            (.answer("nonsense"), .badHeader),
            (.answer("51 Not found\r\n"), .unexpectedStatus), (.plaintext("20 text/plain\r\nabc"), .tls),
        ] as [(ScriptedServer.Script, BenchmarkReport.FailureKind)]
    )
    func failures(_ vector: (script: ScriptedServer.Script, kind: BenchmarkReport.FailureKind)) async throws {
        try await ScriptedServer.run(vector.script) { server in
            let report = try await Benchmark(Self.plan(server.port) { $0.requests = 6 }).run()
            #expect(report.failures == [vector.kind: 6])
            #expect(report.examples[vector.kind]?.isEmpty == false)
        }
    }

    @Test("A connection that is reset is told from one that ends")
    func reset() async throws {
        try await ScriptedServer.run(.reset("20 text/plain\r\nabc")) { server in
            let report = try await Benchmark(Self.plan(server.port) { $0.requests = 6 }).run()
            #expect(report.failures == [.reset: 6])
        }
    }

    @Test("A response without close_notify can be accepted")
    func acceptedTruncation() async throws {
        try await ScriptedServer.run(.cut("20 text/plain\r\nabc")) { server in
            let report = try await Benchmark(
                Self.plan(server.port) {
                    $0.requests = 6
                    $0.acceptsTruncation = true
                }
            ).run()
            #expect(report.completed == 6)
        }
    }

    @Test("A server that goes away during a run refuses connections, and is not asked without pause")
    func gone() async throws {
        let running = try await withServer { server in
            let plan = try Self.plan(server.port) {
                $0.requests = nil
                // Long enough for the server to have gone on a machine that is late.
                $0.duration = .seconds(5)
            }
            let running = Task { try await Benchmark(plan).run() }
            #expect(await eventually { !server.accessLog.entries.isEmpty })
            return running
        }
        let report = try await running.value
        #expect(report.completed > 0)
        #expect((1...3_000).contains(report.failures[.refused] ?? 0), "\(report.failures)")
    }

    @Test("Nothing is begun where nobody listens")
    func refused() async throws {
        let plan = try await withServer { server in try Self.plan(server.port) }
        await #expect(throws: BenchmarkError.self) { try await Benchmark(plan).run() }
    }

    @Test("Only this machine is loaded without permission", arguments: ["192.0.2.1", "[2001:db8::1]"])
    func permission(_ host: String) async throws {
        let plan = BenchmarkPlan(url: try GeminiURL("gemini://\(host)/"))
        await #expect(throws: BenchmarkError.notPermitted(host: host.trimmed)) { try await Benchmark(plan).run() }
    }

    @Test("Plans that make no sense are refused")
    func plans() async throws {
        let url = try GeminiURL("gemini://localhost/")
        var plans = [BenchmarkPlan](repeating: BenchmarkPlan(url: url), count: 5)
        plans[0].connections = 0
        plans[1].duration = nil
        plans[2].load = .open(requestsPerSecond: 0)
        plans[3].url = try GeminiURL("https://localhost/")
        plans[4].url = try GeminiURL("gemini://localhost/" + String(repeating: "0", count: 1024))
        for plan in plans {
            await #expect(throws: BenchmarkError.self) { try await Benchmark(plan).run() }
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        self.hasPrefix("[") ? String(self.dropFirst().dropLast()) : self
    }
}
