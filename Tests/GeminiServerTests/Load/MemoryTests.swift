import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

#if os(Linux)
import Foundation

/// What a large response to a client that does not read costs beside the response itself.
@Suite("Memory", .timeLimit(.minutes(10)))
struct MemoryTests {
    enum Production: String, CaseIterable, Sendable {
        case bytes, stream
    }

    private static let length = 128 << 20

    private static func residentBytes() throws -> Int {
        let numbers = try String(contentsOfFile: "/proc/self/statm", encoding: .ascii).split(separator: " ")
        return try #require(Int(numbers[1])) * 4096
    }

    @Test("GP-122: 128 MiB at hand are not copied for a client that does not read", arguments: Production.allCases)
    func stalled(_ production: Production) async throws {
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: Self.length)
        let responder = ClosureResponder { _ in
            switch production {
            case .bytes: .success(.octetStream, .bytes(body))
            case .stream: .success(.octetStream, .stream { try await $0.write(body) })
            }
        }
        try await withServer(responder: responder, alone: true) { server in
            var growths: [Int] = []
            // Tests without a server go on meanwhile, and may take memory; a copy would be made each time.
            repeat {
                let before = try Self.residentBytes()
                let connection = try await server.connect(receiveBuffer: 16_384)
                try await connection.stopReading()
                try await connection.send("gemini://localhost/\r\n")
                // Time for everything to be written that ever will be.
                try await Task.sleep(for: .milliseconds(500))
                growths.append(try Self.residentBytes() - before)
                await connection.reset()
                #expect(await server.becomesIdle())
            } while growths.count < 5 && growths.allSatisfy { $0 >= Self.length / 2 }
            #expect(growths.contains { $0 < Self.length / 2 }, "\(growths.map { $0 >> 20 }) MiB more")
        }
    }
}
#endif
