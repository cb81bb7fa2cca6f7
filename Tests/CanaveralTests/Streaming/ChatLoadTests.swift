#if os(Linux)
import Canaveral
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL
import TestSupport
import Testing

/// A chat with many readers, some of whom have stopped reading: real connections, real TLS.
@Suite("Chat under load", .timeLimit(.minutes(10)))
struct ChatLoadTests {
    /// A message whose instances are counted.
    private final class Message: Sendable {
        static let living = NIOLockedValueBox(0)
        let line: Gemtext = "> All systems are go, and the weather is fine. Is anybody there to see it?"

        init() { Self.living.withLockedValue { $0 += 1 } }
        deinit { Self.living.withLockedValue { $0 -= 1 } }
    }

    private static let buffer = 8

    private static func residentBytes() throws -> Int {
        let numbers = try String(contentsOfFile: "/proc/self/statm", encoding: .ascii).split(separator: " ")
        return try #require(Int(numbers[1])) * 4096
    }

    private static func makeClients() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        return try NIOSSLContext(configuration: configuration)
    }

    private static func open(
        _ count: Int,
        _ path: String,
        at server: TestServer,
        context: NIOSSLContext,
        reads: Bool
    ) async throws -> [ChatReader] {
        var readers: [ChatReader] = []
        while readers.count < count {
            try await withThrowingTaskGroup(of: ChatReader.self) { group in
                for _ in 0..<min(50, count - readers.count) {
                    group.addTask {
                        let url = "gemini://localhost/\(path)"
                        return try await .open(url, at: server.address, context: context, reads: reads)
                    }
                }
                for try await reader in group { readers.append(reader) }
            }
        }
        return readers
    }

    @Test("GP-122: 1,000 readers, 10 of them stalled: memory is flat, the others are served, the stalled ones cut")
    func stalledReaders() async throws {
        let chat = Broadcast<Message>(buffer: Self.buffer, slowReaders: .drop)
        // More than the kernel takes for a client that reads nothing.
        let picture = ByteBuffer(repeating: UInt8(ascii: "."), count: 16 << 20)
        let router = try Router { routes in
            routes.page("/chat") { _ in .live(chat, opening: "# Chat") { $0.line } }
            routes.page("/picture") { _ in
                .stream { page in
                    try await chat.join(as: "stalled") { messages in
                        try await page.response.write(picture)
                        for await message in messages { try await page.write(message.line) }
                    }
                }
            }
        }
        var limits = Limits()
        limits.maximumConnectionsPerAddress = nil
        limits.handshakeTimeout = .seconds(60)
        limits.requestTimeout = .seconds(60)
        // Long enough for the first messages to be published within it on a busy machine.
        limits.stallTimeout = .seconds(15)
        let context = try Self.makeClients()

        try await withServer(responder: router, limits: limits, alone: true) { server in
            let readers = try await Self.open(990, "chat", at: server, context: context, reads: true)
            let stalled = try await Self.open(10, "picture", at: server, context: context, reads: false)
            #expect(await eventually { chat.readers.count == 1000 })

            // Header and opening, then a line for each message.
            var lines = 2
            func publish(_ count: Int) async throws -> [Duration] {
                var times: [Duration] = []
                for _ in 0..<count {
                    let start = ContinuousClock.now
                    chat.publish(Message())
                    lines += 1
                    for reader in readers { try await reader.read(lines: lines) }
                    times.append(ContinuousClock.now - start)
                }
                return times.sorted()
            }

            _ = try await publish(Self.buffer)
            #expect(chat.readers.count == 1000, "all that the stalled ones were sent still waits for them")
            #expect(Message.living.withLockedValue { $0 } == Self.buffer, "once for all ten")

            var growths: [Int] = []
            // Tests without a server go on meanwhile, and may take memory; what messages cost they cost each time.
            repeat {
                let before = try Self.residentBytes()
                let times = try await publish(24)
                growths.append(try Self.residentBytes() - before)
                #expect(times[12] < .seconds(5), "the median of \(times)")
            } while growths.count < 5 && growths.allSatisfy { $0 >= 8 << 20 }
            #expect(
                growths.contains { $0 < 8 << 20 },
                "\(growths.map { $0 >> 10 }) KiB more for 24 messages to 990 readers"
            )
            #expect(readers.allSatisfy { $0.lines == lines })

            #expect(chat.readers.count == 990, "the stalled ones were dropped")
            #expect(Message.living.withLockedValue { $0 } == 0)
            #expect(await eventually { server.running.connectionCount == 990 }, "and cut off")
            #expect(stalled.allSatisfy { $0.lines <= 1 }, "the header at most")

            chat.finish()
            for reader in readers { try await reader.read(lines: .max) }
            for reader in readers + stalled { await reader.close() }
            #expect(await server.becomesIdle())
            #expect(server.accessLog.entries.count { $0.isComplete } == 990)
        }
    }
}
#endif
