import GeminiProtocol
import NIOCore
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Cancellation")
struct CancellationTests {
    private func isCancelled(_ task: Task<Page, any Error>) async -> Bool {
        task.cancel()
        guard case .failure(let error) = await task.result, case ClientError.cancelled = error else { return false }
        return true
    }

    @Test("While the name is looked up")
    func lookUp() async throws {
        let gate = Gate()
        let client = makeClient {
            $0.makeResolver = { eventLoop in
                gate.open()
                return LoopbackResolver(eventLoop: eventLoop, isSilent: true)
            }
        }
        let task = Task { try await client.page(at: "gemini://h/") }
        try await gate.wait()
        #expect(await self.isCancelled(task))
    }

    @Test(
        "While connecting, to an address or by Happy Eyeballs; no socket stays",
        arguments: ["[::1]", "silent.example"]
    )
    func connecting(host: String) async throws {
        try await withServerSlot(alone: true) {
            try await withSilentListener { port in
                let before = try openDescriptors()
                let client = makeClient {
                    $0.makeResolver = { LoopbackResolver(eventLoop: $0, v4: [], v6: ["::1", "::1"]) }
                }
                let task = Task { try await client.page(at: "gemini://\(host):\(port)/") }
                #expect(try await eventually { try openDescriptors() > before })
                #expect(await self.isCancelled(task))
                #expect(try await eventually { try openDescriptors() <= before })
            }
        }
    }

    @Test("Before there was anything to cancel")
    func atOnce() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let url = try server.url()
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await makeClient().page(at: url)
            }
            #expect(await self.isCancelled(task))
            #expect(server.visits.isEmpty)
        }
    }

    @Test("In the handshake, while trust is judged; the server sees the end")
    func handshake() async throws {
        let gate = Gate()
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let url = try server.url()
            let client = makeClient(
                trust: TestTrust { _ in
                    try? await gate.wait()
                    return .trusted
                }
            )
            let task = Task { try await client.page(at: url) }
            await gate.entered()
            #expect(await self.isCancelled(task))
            await gate.cancelled()
            #expect(await server.becomesIdle())
            #expect(await eventually { server.visits[0].isHandshakeDone == false })
        }
    }

    @Test("While waiting for the header; the server sees close_notify")
    func header() async throws {
        let gate = Gate()
        try await withScriptedServer { visit in
            try await visit.request()
            gate.open()
            try await visit.clientLeft()
        } _: { server in
            let url = try server.url()
            let task = Task { try await makeClient().page(at: url) }
            try await gate.wait()
            #expect(await self.isCancelled(task))
            #expect(await server.becomesIdle())
            #expect(server.visits[0].received.closeNotify)
        }
    }

    @Test("In the middle of a body; the server sees the end")
    func body() async throws {
        let gate = Gate()
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\nabc")
            gate.open()
            try await visit.clientLeft()
        } _: { server in
            let url = try server.url()
            let task = Task { try await makeClient().page(at: url) }
            try await gate.wait()
            #expect(await self.isCancelled(task))
            #expect(await server.becomesIdle())
            #expect(server.visits[0].received.closeNotify)
        }
    }

    @Test("In the middle of an upload")
    func upload() async throws {
        let gate = Gate()
        try await withScriptedServer { visit in
            try await visit.request()
            gate.open()
            try await visit.clientLeft()
        } _: { server in
            let url = try server.url(scheme: "titan")
            let (pieces, _) = AsyncStream.makeStream(of: ByteBuffer.self)
            let task = Task { try await makeClient().upload(.stream(size: 10, pieces), to: url).get() }
            try await gate.wait()
            #expect(await self.isCancelled(task))
            #expect(await server.becomesIdle())
        }
    }

    @Test("A hundred requests that are cancelled leave no descriptor")
    func many() async throws {
        try await withScriptedServer(alone: true) { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\nabc")
            try await visit.clientLeft()
        } _: { server in
            let url = try server.url()
            let before = try openDescriptors()
            for index in 0..<100 {
                let count = server.visits.count
                let task = Task { try await makeClient().page(at: url) }
                if index % 2 == 0 { _ = await server.visits(atLeast: count + 1) }
                #expect(await self.isCancelled(task))
            }
            #expect(await server.becomesIdle())
            #expect(try await eventually { try openDescriptors() <= before })
        }
    }
}
