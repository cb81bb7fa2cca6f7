import NIOCore
import Testing

@testable import GeminiServer

@Suite("The shares of clients")
struct ClientSharesTests {
    @Test(
        "A quarter for one client, of a few two or one, and never all",
        arguments: [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (11, 2), (12, 3), (32, 8), (256, 64)]
    )
    func share(places: Int, expected: Int) throws {
        var shares = ClientShares(places: places)
        #expect(shares.share == expected)
        let client = try #require(ClientNetwork(SocketAddress(ipAddress: "192.0.2.1", port: 1)))
        for _ in 0..<expected { #expect(shares.enter(client) == .admitted) }
        #expect(shares.enter(client) == (places > 1 ? .overShare : .full))
        #expect(shares.enter(nil) == (places > 1 ? .admitted : .full))
        shares.leave(client)
        #expect(shares.enter(client) == .admitted)
    }

    @Test("Those without an address are no client, and share all places")
    func unnamed() {
        var shares = ClientShares(places: 8)
        for _ in 0..<8 { #expect(shares.enter(nil) == .admitted) }
        #expect(shares.enter(nil) == .full)
        shares.leave(nil)
        #expect(shares.taken == 7)
    }

    @Test("An IPv6 network of 64 bits is one client")
    func networks() throws {
        var shares = ClientShares(places: 4)
        let one = try ["2001:db8::1", "2001:db8::2", "2001:db8::3"].map {
            ClientNetwork(try SocketAddress(ipAddress: $0, port: 1))
        }
        #expect(one.map { shares.enter($0) } == [.admitted, .admitted, .overShare])
        #expect(shares.enter(ClientNetwork(try SocketAddress(ipAddress: "2001:db8:0:1::1", port: 1))) == .admitted)
    }
}
