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

@Suite("Inherited sockets", .timeLimit(.minutes(10)))
struct InheritedSocketTests {
    private static func start(_ descriptor: CInt, _ responder: any Responder = Recorder()) async throws -> RunningServer
    {
        let configuration = ServerConfiguration(
            addresses: [.inherited(descriptor: descriptor, name: "gemini")],
            hosts: [try makeHost(["localhost"], responder)]
        )
        return try await Server(configuration).start()
    }

    private static func header(_ address: SocketAddress) async throws -> String {
        let connection = try await TestConnection.connect(to: address)
        try await connection.send("gemini://localhost/\r\n")
        let transcript = try await connection.readToEnd()
        await connection.close()
        return transcript.header
    }

    /// A socket of somebody else's, which listens.
    private static func listen(_ family: CInt, _ address: SocketAddress) throws -> CInt {
        let descriptor = try ListeningSocket.open(family)
        try ListeningSocket.bind(descriptor, to: address)
        #expect(Self.listen(descriptor) == 0)
        return descriptor
    }

    private static func listen(_ descriptor: CInt) -> CInt {
        #if canImport(Darwin)
        Darwin.listen(descriptor, 8)
        #elseif canImport(Glibc)
        Glibc.listen(descriptor, 8)
        #elseif canImport(Musl)
        Musl.listen(descriptor, 8)
        #endif
    }

    @Test(
        "One server after the other accepts from it, and what comes between them waits",
        arguments: ["127.0.0.1", "::1"]
    )
    func internet(host: String) async throws {
        let family = host.contains(":") ? AF_INET6 : AF_INET
        let descriptor = try Self.listen(family, SocketAddress(ipAddress: host, port: 0))
        defer { ListeningSocket.close(descriptor) }
        let recorder = Recorder()
        let first = try await Self.start(descriptor, recorder)
        let address = first.addresses[0]
        #expect(address.ipAddress == host)
        #expect(try await Self.header(address) == "20 text/plain")
        #expect(recorder.requests[0].remoteAddress?.ipAddress == host)
        await first.shutDown(grace: .zero)

        // It waits in the queue.
        async let between = Self.header(address)
        let connection = try await TestConnection.connect(to: address, tls: nil)
        let second = try await Self.start(descriptor)
        #expect(try await between == "20 text/plain")
        await connection.drop()
        await second.shutDown(grace: .zero)
    }

    @Test("IPv4 that comes over an IPv6 socket is IPv4")
    func dualStack() async throws {
        let descriptor = try ListeningSocket.open(AF_INET6)
        defer { ListeningSocket.close(descriptor) }
        var off: CInt = 0
        setsockopt(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, &off, socklen_t(MemoryLayout<CInt>.size))
        try ListeningSocket.bind(descriptor, to: SocketAddress(ipAddress: "::", port: 0))
        #expect(Self.listen(descriptor) == 0)
        let recorder = Recorder()
        let server = try await Self.start(descriptor, recorder)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: try #require(server.addresses[0].port))
        #expect(try await Self.header(address) == "20 text/plain")
        #expect(recorder.requests[0].remoteAddress?.ipAddress == "127.0.0.1")
        #expect(recorder.requests[0].localAddress == address)
        await server.shutDown(grace: .zero)
    }

    @Test("A Unix socket, whose file is left alone")
    func unix() async throws {
        let folder = try TemporaryDirectory()
        let address = try SocketAddress(unixDomainSocketPath: folder.path("s"))
        let descriptor = try Self.listen(AF_UNIX, address)
        defer { ListeningSocket.close(descriptor) }
        for _ in 0..<2 {
            let recorder = Recorder()
            let server = try await Self.start(descriptor, recorder)
            #expect(try await Self.header(address) == "20 text/plain")
            #expect(recorder.requests[0].remoteAddress == nil)
            await server.shutDown(grace: .zero)
        }
        let probe = try await TestConnection.connect(to: address, tls: nil)
        await probe.drop()
    }

    @Test("What is no listening stream socket is refused, and stays the caller's")
    func noSocket() async throws {
        let idle = try ListeningSocket.open(AF_INET)
        let datagrams = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)
        let file = open("/dev/null", O_RDONLY)
        for descriptor in [idle, datagrams, file, 100_000] {
            let error = await #expect(throws: ListenError.self) { _ = try await Self.start(descriptor) }
            #expect(error == .noSocket(.inherited(descriptor: descriptor, name: "gemini")))
        }
        for descriptor in [idle, datagrams, file] {
            #expect(fcntl(descriptor, F_GETFD) >= 0)
            ListeningSocket.close(descriptor)
        }
        #expect(
            ListenError.noSocket(.inherited(descriptor: 3)).description
                == "descriptor 3 is no stream socket that listens: hand over one that does."
        )
    }
}
