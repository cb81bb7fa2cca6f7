import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("A pause in accepting", .timeLimit(.minutes(10)))
struct AcceptPauseTests {
    @Test("After an error the socket is left alone for a second, whatever comes; then it is accepted")
    func pause() async throws {
        let errors = NIOLockedValueBox<[CInt]>([])
        let accepted = NIOLockedValueBox(0)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = AcceptPauseHandler { error in errors.withLockedValue { $0.append(error.errnoCode) } }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .childChannelInitializer { channel in
                accepted.withLockedValue { $0 += 1 }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(channel.localAddress)

        let start = ContinuousClock.now
        for _ in 0..<3 { channel.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept")) }
        #expect(try await channel.getOption(.autoRead).get() == false)
        let client = try await TestConnection.connect(to: address, tls: nil)
        #expect(errors.withLockedValue { $0 } == [EMFILE], "one pause, told of once")
        let count = accepted.withLockedValue { $0 }
        // On a machine that is late the second may be over by now.
        #expect(count == 0 || ContinuousClock.now - start > .milliseconds(900))

        #expect(await eventually { accepted.withLockedValue { $0 } == 1 })
        #expect(ContinuousClock.now - start > .milliseconds(900))
        await client.close()
        try await channel.close()
    }
}
