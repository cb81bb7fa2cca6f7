import NIOCore
import NIOPosix
import Testing

@testable import GeminiServer

@Suite("Connection census")
struct ConnectionCensusTests {
    private static func origin(_ address: String) throws -> ConnectionCensus.Origin? {
        ConnectionCensus.Origin(try SocketAddress(ipAddress: address, port: 4711))
    }

    @Test(
        "Addresses that count as one client",
        arguments: [
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.1", "::ffff:192.0.2.1", true),
            ("2001:db8:1:2::1", "2001:db8:1:2::1", true),
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true),
            ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
            ("::1", "127.0.0.1", false),
            ("::1", "::2", true),
        ]
    )
    func origin(first: String, second: String, isSame: Bool) throws {
        #expect(try (Self.origin(first) == Self.origin(second)) == isSame)
    }

    @Test("The port says nothing about the origin")
    func port() throws {
        let first = try SocketAddress(ipAddress: "192.0.2.1", port: 1)
        let second = try SocketAddress(ipAddress: "192.0.2.1", port: 2)
        #expect(ConnectionCensus.Origin(first) == ConnectionCensus.Origin(second))
    }

    @Test("A socket in the file system has no origin, and is limited in all only")
    func unixDomain() throws {
        let origin = ConnectionCensus.Origin(try SocketAddress(unixDomainSocketPath: "/tmp/s"))
        #expect(origin == nil)
        let census = ConnectionCensus(maximum: 2, maximumPerOrigin: 1)
        #expect(census.admit(origin) == .admitted)
        #expect(census.admit(origin) == .admitted)
        #expect(census.admit(origin) == .serverFull)
    }

    @Test("Who leaves makes room, for its own address and for all")
    func limits() throws {
        let a = try Self.origin("192.0.2.1")
        let b = try Self.origin("2001:db8::1")
        let c = try Self.origin("192.0.2.3")
        let census = ConnectionCensus(maximum: 3, maximumPerOrigin: 2)
        #expect(census.admit(a) == .admitted)
        #expect(census.admit(a) == .admitted)
        #expect(census.admit(a) == .addressFull)
        #expect(census.admit(b) == .admitted)
        #expect(census.admit(c) == .serverFull)
        #expect(census.total == 3)
        census.leave(a)
        #expect(census.admit(c) == .admitted)
        census.leave(b)
        #expect(census.admit(a) == .admitted)
        #expect(census.total == 3)
    }

    @Test("Without a limit for each address, one may have all")
    func unlimited() throws {
        let census = ConnectionCensus(maximum: 1000, maximumPerOrigin: nil)
        let origin = try Self.origin("192.0.2.1")
        for _ in 0..<1000 { #expect(census.admit(origin) == .admitted) }
        #expect(census.admit(origin) == .serverFull)
    }

    @Test(
        "Each connection may need two descriptors, whatever the limit says",
        arguments: [(nil, 100, 34), (10, 100, 10), (1000, 100, 34), (nil, 1, 1)] as [(Int?, Int, Int)]
    )
    func descriptors(configured: Int?, descriptors: Int, maximum: Int) {
        var limits = Limits()
        limits.maximumConnections = configured
        let census = ConnectionCensus(limits: limits, descriptors: descriptors)
        for _ in 0..<maximum { #expect(census.admit(nil) == .admitted) }
        #expect(census.admit(nil) == .serverFull)
    }

    @Test("The last to leave completes the wait for nobody")
    func empty() async throws {
        let census = ConnectionCensus(maximum: 10, maximumPerOrigin: nil)
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        try await census.empty(on: loop).get()
        _ = census.admit(nil)
        _ = census.admit(nil)
        let empty = census.empty(on: loop)
        census.leave(nil)
        #expect(census.total == 1)
        census.leave(nil)
        try await empty.get()
        #expect(census.total == 0)
    }
}
