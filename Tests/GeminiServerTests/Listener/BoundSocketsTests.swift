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

/// Sockets that are bound before a server starts.
@Suite("Bound sockets", .timeLimit(.minutes(10)))
struct BoundSocketsTests {
    @Test("A server takes over what was bound before it, and nothing else is bound")
    func takenOver() async throws {
        // A port that is free, which two sockets may have at once.
        let holder = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.init(rawValue: SO_REUSEPORT)), value: 1)
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(holder.localAddress)
        let wanted = ListenAddress(host: "127.0.0.1", port: try #require(address.port))
        let any = ListenAddress(host: "127.0.0.1", port: 0)
        let bound = try BoundSockets(for: [wanted, wanted, any], below: 65536, reusesPort: true)
        try await holder.close()
        #expect(bound[any] == any)
        #expect(bound[wanted] != wanted)
        #expect(throws: ListenError.addressInUse(wanted)) { _ = try BoundSockets(for: [wanted], below: 65536) }
        #expect(throws: ListenError.addressInUse(wanted), "it would not be bound, but is looked at") {
            _ = try BoundSockets(for: [wanted])
        }

        let configuration = ServerConfiguration(
            addresses: [bound[wanted]],
            hosts: [try makeHost(["localhost"], Recorder())]
        )
        let running = try await Server(configuration).start()
        #expect(running.addresses == [address])
        let connection = try await TestConnection.connect(to: address)
        try await connection.send("gemini://localhost/\r\n")
        #expect(try await connection.readToEnd().header == "20 text/plain")
        await connection.close()
        await running.shutDown(grace: .zero)
    }

    @Test("What cannot be had is told of, unless the machine can do without")
    func notAvailable() throws {
        let foreign = ListenAddress(host: "192.0.2.1", port: 65000)
        #expect(throws: ListenError.addressNotAvailable(foreign)) { _ = try BoundSockets(for: [foreign], below: 65536) }
        var optional = foreign
        optional.isOptional = true
        #expect(try BoundSockets(for: [optional], below: 65536)[optional] == optional)
    }
}
