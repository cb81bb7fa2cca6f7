import GeminiProtocol
import GeminiServer
import TestSupport
import Testing

@testable import GeminiDoctor

@Suite("The doctor on servers without a fault", .timeLimit(.minutes(10)))
struct SoundServerTests {
    private static let responder: any Responder = .closure { request in
        request.url.path == "/" ? .gemtext("# Home\n") : .notFound
    }

    @Test("Our own server is clean, in less than 15 seconds")
    func ours() async throws {
        try await withServer(responder: Self.responder, alone: true) { server in
            var doctor = Doctor(try GeminiURL("gemini://localhost:\(server.port)/"))
            doctor.address = ("127.0.0.1", UInt16(server.port))
            let diagnosis = try await doctor.examine()
            #expect(diagnosis.findings.filter { $0.level > .note } == [])
            #expect(diagnosis.results.count == Check.all.count)
            #expect(diagnosis.duration < .seconds(15))
        }
    }

    @Test("GP-016: a limit of connections by address, at which one more is closed at once, is a note and no warning")
    func limitByAddress() async throws {
        var limits = Limits()
        limits.maximumConnectionsPerAddress = 32
        try await withServer(responder: Self.responder, limits: limits, alone: true) { server in
            var doctor = Doctor(try GeminiURL("gemini://localhost:\(server.port)/"))
            doctor.address = ("127.0.0.1", UInt16(server.port))
            doctor.checks = Check.all.filter { $0.isNamed("many-connections") }
            let findings = try await doctor.examine().findings
            #expect(findings.map(\.level) == [.note])
            #expect(findings.first?.title.contains("another one is closed at once: the server has a limit.") == true)
        }
    }

    @Test("Gently, our own server is asked one connection after the other, and no more than its due")
    func gently() async throws {
        try await withServer(responder: Self.responder) { server in
            var doctor = Doctor(try GeminiURL("gemini://localhost:\(server.port)/"))
            doctor.address = ("127.0.0.1", UInt16(server.port))
            doctor.isGentle = true
            doctor.timing.pause = .milliseconds(20)
            doctor.timing.quiet = .milliseconds(100)
            doctor.timing.slowRead = .milliseconds(100)
            let diagnosis = try await doctor.examine()
            #expect(diagnosis.findings.filter { $0.level > .note } == [])
            #expect(diagnosis.results.allSatisfy { $0.check.isGentle })
            #expect(
                !server.accessLog.entries.contains {
                    String(decoding: $0.requestLine, as: UTF8.self).contains("passwd")
                }
            )
        }
    }

    @Test("The tests' own server is clean without a fault, so that what is found in one is the fault")
    func faultless() async throws {
        let findings = try await FaultyServer.run(.none) { server in
            var doctor = Doctor(try GeminiURL("gemini://localhost:\(server.port)/big.txt"))
            doctor.address = ("127.0.0.1", server.port)
            doctor.timing = .quick
            return try await doctor.examine().findings
        }
        #expect(findings.filter { $0.level > .note } == [])
    }
}
