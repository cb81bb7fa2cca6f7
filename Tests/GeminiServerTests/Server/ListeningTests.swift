import GeminiProtocol
import GeminiServer
import NIOCore
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

@Suite("Listening", .timeLimit(.minutes(10)))
struct ListeningTests {
    private static func start(
        _ addresses: [ListenAddress],
        _ responder: any Responder = Recorder(),
        reusesPort: Bool = false
    ) async throws -> RunningServer {
        var configuration = ServerConfiguration(addresses: addresses, hosts: [try makeHost(["localhost"], responder)])
        configuration.reusesPort = reusesPort
        return try await Server(configuration).start()
    }

    private static func header(_ address: SocketAddress) async throws -> String {
        let connection = try await TestConnection.connect(to: address)
        try await connection.send("gemini://localhost/\r\n")
        let transcript = try await connection.readToEnd()
        await connection.close()
        return transcript.header
    }

    /// An address that reaches the server on this machine where it listens on all.
    private static func loopback(_ address: SocketAddress) throws -> SocketAddress {
        let host = address.protocol == .inet6 ? "::1" : "127.0.0.1"
        return try SocketAddress(ipAddress: host, port: try #require(address.port))
    }

    @Test("Both families and several addresses are served, on the one port that was picked")
    func several() async throws {
        let addresses = ["127.0.0.1", "127.0.0.2", "::1"].map { ListenAddress(host: $0, port: 0) }
        let server = try await Self.start(addresses)
        #expect(server.addresses.map { $0.ipAddress } == ["127.0.0.1", "127.0.0.2", "::1"])
        #expect(Set(server.addresses.map(\.port)).count == 1)
        #expect(server.addresses[0].port != 0)
        for address in server.addresses {
            #expect(try await Self.header(address) == "20 text/plain")
        }
        await server.shutDown(grace: .zero)
    }

    @Test("Every address, of each family by a socket of its own")
    func any() async throws {
        let recorder = Recorder()
        let server = try await Self.start(ListenAddress.any(port: 0), recorder)
        #expect(server.addresses.map { $0.ipAddress } == ["0.0.0.0", "::"])
        #expect(Set(server.addresses.map(\.port)).count == 1)
        for address in server.addresses {
            #expect(try await Self.header(try Self.loopback(address)) == "20 text/plain")
        }
        // Not as ::ffff:127.0.0.1, which it would be over an IPv6 socket for both.
        #expect(recorder.requests.map { $0.remoteAddress?.ipAddress } == ["127.0.0.1", "::1"])
        await server.shutDown(grace: .zero)
    }

    @Test("IPv6 alone is not IPv4 too, whichever comes first", arguments: [["::", "0.0.0.0"], ["0.0.0.0", "::"]])
    func onlyIPv6(hosts: [String]) async throws {
        let first = try await Self.start([ListenAddress(host: hosts[0], port: 0)])
        let port = try #require(first.addresses[0].port)
        let second = try await Self.start([ListenAddress(host: hosts[1], port: port)])
        #expect(try await Self.header(try Self.loopback(first.addresses[0])) == "20 text/plain")
        await first.shutDown(grace: .zero)

        await #expect(throws: (any Error).self) {
            try await TestConnection.connect(to: try Self.loopback(first.addresses[0]), tls: nil)
        }
        #expect(try await Self.header(try Self.loopback(second.addresses[0])) == "20 text/plain")
        await second.shutDown(grace: .zero)
    }

    @Test("A name stands for each of its addresses, on one port")
    func name() async throws {
        let server = try await Self.start([ListenAddress(host: "localhost", port: 0)])
        #expect(server.addresses.allSatisfy { ["127.0.0.1", "::1"].contains($0.ipAddress) })
        #expect(Set(server.addresses.map(\.port)).count == 1)
        for address in server.addresses {
            #expect(try await Self.header(address) == "20 text/plain")
        }
        await server.shutDown(grace: .zero)
    }

    @Test("An address in use is one clear sentence, and nothing stays open")
    func inUse() async throws {
        let first = try await Self.start([ListenAddress(host: "127.0.0.1", port: 0)])
        let port = try #require(first.addresses[0].port)
        let used = ListenAddress(host: "127.0.0.1", port: port)
        let free = ListenAddress(host: "127.0.0.2", port: port)
        let error = await #expect(throws: ListenError.self) { _ = try await Self.start([free, used]) }
        #expect(error == .addressInUse(used))
        #expect(
            error?.description
                == "127.0.0.1:\(port) is in use by another program: stop that one, or choose another port."
        )
        let second = try await Self.start([free])
        await second.shutDown(grace: .zero)
        await first.shutDown(grace: .zero)
    }

    @Test("With SO_REUSEPORT a new server can take over from the old one")
    func reusingPort() async throws {
        let old = try await Self.start([ListenAddress(host: "127.0.0.1", port: 0)], Version(1), reusesPort: true)
        let port = try #require(old.addresses[0].port)
        let new = try await Self.start([ListenAddress(host: "127.0.0.1", port: port)], Version(2), reusesPort: true)
        #expect(old.addresses == new.addresses)

        let error = await #expect(throws: ListenError.self) {
            _ = try await Self.start([ListenAddress(host: "127.0.0.1", port: port)])
        }
        #expect(error == .addressInUse(ListenAddress(host: "127.0.0.1", port: port)), "one that does not ask for it")

        await old.shutDown(grace: .zero)
        for _ in 0..<10 {
            #expect(try await Self.header(new.addresses[0]) == "52 2")
        }
        await new.shutDown(grace: .zero)
    }

    private struct Version: Responder {
        let number: Int

        init(_ number: Int) {
            self.number = number
        }

        func respond(to request: Request) async throws -> Response {
            .failure(.gone, "\(self.number)")
        }
    }

    @Test("An address of another machine")
    func notOurs() async throws {
        let address = ListenAddress(host: "192.0.2.1", port: 0)
        let error = await #expect(throws: ListenError.self) { _ = try await Self.start([address]) }
        #expect(error == .addressNotAvailable(address))
    }

    @Test("A name that is none", arguments: ["nowhere.invalid", "a b", "[::1]", "1.2.3.4.5", ""])
    func unknown(host: String) async throws {
        let address = ListenAddress(host: host, port: 0)
        let error = await #expect(throws: ListenError.self) { _ = try await Self.start([address]) }
        #expect(error == .unknownHost(address))
    }

    @Test(
        "Each reason is one sentence",
        arguments: [
            (EADDRINUSE, "[::1]:1965 is in use by another program: stop that one, or choose another port."),
            (
                EADDRNOTAVAIL,
                "[::1]:1965 is no address of this machine: name one that it has, or 0.0.0.0 or :: for all of them."
            ),
            (EACCES, "[::1]:1965 needs the rights of the superuser: choose a port of 1024 or above."),
            (EPERM, "[::1]:1965 needs the rights of the superuser: choose a port of 1024 or above."),
            (EMFILE, "Cannot listen on [::1]:1965: Too many open files."),
        ]
    )
    func sentences(errno: CInt, sentence: String) {
        let error = ListenError(IOError(errnoCode: errno, reason: "bind"), address: ListenAddress(host: "::1"))
        #expect(error.description == sentence)
    }

    @Test("Addresses as text, and those that everybody wants")
    func addresses() {
        #expect(ListenAddress(host: "example.org").description == "example.org:1965")
        #expect(ListenAddress(host: "::1", port: 7).description == "[::1]:7")
        #expect(ListenAddress.any().map(\.description) == ["0.0.0.0:1965", "[::]:1965"])
        #expect(ListenAddress.loopback(port: 300).map(\.description) == ["127.0.0.1:300", "[::1]:300"])
    }
}
