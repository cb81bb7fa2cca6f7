import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Time limits of the client")
struct ClientDeadlineTests {
    private func phase(
        _ configure: (inout ClientLimits) -> Void,
        _ script: @escaping ScriptedServer.Script
    ) async throws -> ConnectionPhase? {
        try await withScriptedServer(script) { server in
            let url = try server.url()
            var limits = ClientLimits()
            configure(&limits)
            let failure = await error { try await makeClient { $0.limits = limits }.page(at: url) }
            #expect(await server.becomesIdle())
            guard case .timedOut(_, let phase) = failure else {
                Issue.record("\(String(describing: failure))")
                return nil
            }
            return phase
        }
    }

    @Test("A server that does not answer is left after the time for the header")
    func header() async throws {
        let phase = try await self.phase {
            $0.headerTimeout = .milliseconds(200)
        } _: { visit in
            try await visit.request()
            try await visit.clientLeft()
        }
        #expect(phase == .header)
    }

    @Test("A header that dribbles does not put the end off")
    func dribblingHeader() async throws {
        let phase = try await self.phase {
            $0.headerTimeout = .milliseconds(300)
        } _: { visit in
            try await visit.request()
            try await visit.send("20 ")
            while true {
                try await visit.send("a")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        #expect(phase == .header)
    }

    @Test("A body that stalls is left after the time for that")
    func stall() async throws {
        let phase = try await self.phase {
            $0.stallTimeout = .milliseconds(200)
        } _: { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\nabc")
            try await visit.clientLeft()
        }
        #expect(phase == .body)
    }

    @Test("A body that dribbles is left when the time for the whole is over")
    func total() async throws {
        let phase = try await self.phase {
            $0.totalTimeout = .milliseconds(400)
        } _: { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\n")
            while true {
                try await visit.send("a")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        #expect(phase == .total)
    }

    @Test("The time for the whole counts redirects in")
    func totalOfChain() async throws {
        let phase = try await self.phase {
            $0.totalTimeout = .milliseconds(600)
        } _: { visit in
            try await visit.request()
            try await Task.sleep(for: .milliseconds(150))
            try await visit.send("30 /\(visit.number)\r\n")
            try await visit.connection.closeOutput()
        }
        #expect(phase == .total)
    }
}
