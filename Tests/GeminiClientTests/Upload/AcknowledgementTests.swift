#if os(Linux)
import CLinux
import GeminiProtocol
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import GeminiClient

@Suite("What the kernel acknowledges")
struct AcknowledgementTests {
    @Test("TI-14: what a server says during an upload is acknowledged at once, so that its kernel holds no answer back")
    func upload() async throws {
        let header = "20 text/gemini"
        let acknowledged = NIOLockedValueBox(0)
        let gate = Gate()
        let stream = AsyncThrowingStream(ByteBuffer.self) { continuation in
            continuation.yield(ByteBuffer(string: "a"))
            let rest = Task {
                do {
                    try await gate.wait()
                    continuation.yield(ByteBuffer(string: "b"))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in rest.cancel() }
        }
        try await withScriptedServer(alone: true) { visit in
            let line = try await visit.request()
            _ = try await visit.connection.read(atLeast: line.utf8.count + 3)
            for character in header {
                try await visit.send(String(character))
                if try await visit.connection.channel.hasNothingUnacknowledged() {
                    acknowledged.withLockedValue { $0 += 1 }
                }
            }
            gate.open()
            try await visit.send("\r\n# Stored\n")
            try await visit.connection.closeOutput()
        } _: { server in
            let url = try server.url("/f", scheme: "titan")
            let outcome = try await makeClient().upload(.stream(size: 2, stream), to: url)
            #expect(try outcome.get().document.title == "Stored")
        }
        // The kernel by itself acknowledges every second packet, and others after 40 ms.
        #expect(acknowledged.withLockedValue { $0 } > header.count / 2)
    }
}

extension Channel {
    /// Whether the peer's kernel has acknowledged everything that was sent.
    fileprivate func hasNothingUnacknowledged() async throws -> Bool {
        try await self.eventLoop.flatSubmit {
            guard let socket = self as? any SocketOptionProvider else {
                return self.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
            }
            let info: EventLoopFuture<clinux_tcp_info> = socket.unsafeGetSocketOption(
                level: .tcp,
                name: .init(rawValue: CInt(CLINUX_TCP_INFO))
            )
            return info.map { $0.unacked == 0 }
        }.get()
    }
}
#endif
