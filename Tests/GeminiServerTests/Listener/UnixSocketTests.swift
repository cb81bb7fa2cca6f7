import Foundation
import GeminiProtocol
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import GeminiServer

@Suite("Unix sockets", .timeLimit(.minutes(10)))
struct UnixSocketTests {
    private let folder: TemporaryDirectory
    private var path: String { self.folder.path("s") }

    init() throws {
        self.folder = try TemporaryDirectory()
    }

    private func start(
        _ responder: any Responder = Recorder(),
        mode: UInt16 = 0o660,
        change: (inout ListenerConfiguration) -> Void = { _ in }
    ) async throws -> RunningServer {
        var listener = ListenerConfiguration(.unixSocket(self.path, mode: mode))
        change(&listener)
        let host = try makeHost(["localhost"], responder)
        return try await Server(ServerConfiguration(listeners: [listener], hosts: [host])).start()
    }

    private func text(
        _ tls: TestConnection.TLS? = TestConnection.TLS(),
        after prelude: [UInt8] = [],
        url: String = "gemini://localhost/"
    ) async throws -> String {
        let connection = try await TestConnection.connect(
            to: SocketAddress(unixDomainSocketPath: self.path),
            tls: tls,
            after: prelude
        )
        try await connection.send("\(url)\r\n")
        let transcript = try await connection.readToEnd()
        await connection.close()
        return transcript.text
    }

    private var mode: Int? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: self.path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue
    }

    private var exists: Bool {
        FileManager.default.fileExists(atPath: self.path)
    }

    @Test(
        "TLS over a socket with its permissions, which goes with the server",
        arguments: [0o660, 0o600, 0o666] as [UInt16]
    )
    func exchange(mode: UInt16) async throws {
        let recorder = Recorder()
        let server = try await self.start(recorder, mode: mode)
        #expect(server.addresses.map(\.pathname) == [self.path])
        #expect(self.mode == Int(mode))
        #expect(try await self.text() == "20 text/plain\r\n/\n")
        #expect(recorder.requests[0].remoteAddress == nil)
        #expect(recorder.requests[0].localAddress?.pathname == self.path)
        #expect(recorder.requests[0].tls != nil)
        await server.shutDown(grace: .zero)
        #expect(!self.exists)
    }

    @Test("In the clear, with large answers, and the log is told of no address")
    func clear() async throws {
        let log = RecordingAccessLog()
        var listener = ListenerConfiguration(.unixSocket(self.path))
        listener.tls = false
        let host = try makeHost(["localhost"], HalfClosureTests.responder(.stream, 3_000_000))
        var configuration = ServerConfiguration(listeners: [listener], hosts: [host])
        configuration.accessLog = log
        configuration.limits.maximumConnectionsPerAddress = 1
        let server = try await Server(configuration).start()
        // Limits by address are for those that have one.
        async let other = self.text(nil)
        #expect(try await self.text(nil).utf8.count == 3_000_000 + "20 application/octet-stream\r\n".utf8.count)
        #expect(try await other.utf8.count > 3_000_000)
        let entry = await log.entries(atLeast: 2)[0]
        #expect(entry.remoteAddress == nil && entry.isComplete)
        #expect(await eventually { server.connectionCount == 0 })
        await server.shutDown(grace: .zero)
    }

    @Test("GP-056: where there is no port, any will do")
    func port() async throws {
        let server = try await self.start()
        #expect(try await self.text(url: "gemini://localhost:1965/").hasPrefix("20 "))
        #expect(try await self.text(url: "gemini://localhost:7/").hasPrefix("20 "))
        #expect(try await self.text(url: "gemini://elsewhere.example:1965/").hasPrefix("53 "))
        await server.shutDown(grace: .zero)
    }

    @Test("Behind a proxy, who may connect is trusted, and the header tells the visitor")
    func proxied() async throws {
        let recorder = Recorder()
        let server = try await self.start(recorder) {
            $0.proxyProtocol = ProxyProtocol(trustedSources: [])
            $0.allowedAddresses = AddressRules(denied: ["192.0.2.7"])
        }
        #expect(try await self.text(after: ProxiedListenerTests.line).hasPrefix("20 "))
        #expect(try await self.text(after: Array("PROXY UNKNOWN\r\n".utf8)).hasPrefix("20 "))
        #expect(recorder.requests.map { $0.remoteAddress?.ipAddress } == ["192.0.2.1", nil])
        await #expect(throws: (any Error).self) {
            try await self.text(after: Array("PROXY TCP4 192.0.2.7 192.0.2.8 1 2\r\n".utf8))
        }
        await server.shutDown(grace: .zero)
    }

    @Test("A socket that was left behind gives way")
    func stale() async throws {
        let address = try SocketAddress(unixDomainSocketPath: self.path)
        let left = try ListeningSocket.open(AF_UNIX)
        try ListeningSocket.bind(left, to: address)
        ListeningSocket.close(left)
        #expect(self.exists)
        let server = try await self.start()
        #expect(try await self.text().hasPrefix("20 "))
        await server.shutDown(grace: .zero)
    }

    @Test("One that somebody listens on does not, and neither does what is no socket")
    func inUse() async throws {
        let first = try await self.start()
        let address = ListenAddress.unixSocket(self.path)
        let inUse = await #expect(throws: ListenError.self) { _ = try await self.start() }
        #expect(inUse == .addressInUse(address))
        #expect(
            inUse?.description == "Another program listens on unix:\(self.path): stop that one, or choose another path."
        )
        #expect(try await self.text().hasPrefix("20 "))
        await first.shutDown(grace: .zero)

        try self.folder.write("precious", to: "s")
        let noSocket = await #expect(throws: ListenError.self) { _ = try await self.start() }
        #expect(noSocket == .noSocket(address))
        #expect(
            noSocket?.description == "unix:\(self.path) is a file that is no socket: remove it, or choose another path."
        )
        #expect(try String(contentsOfFile: self.path, encoding: .utf8) == "precious")
    }

    @Test("The end of a server leaves alone what has taken the place of its socket")
    func replaced() async throws {
        let first = try await self.start()
        try FileManager.default.removeItem(atPath: self.path)
        let second = try await self.start()
        await first.shutDown(grace: .zero)
        #expect(try await self.text().hasPrefix("20 "))
        await second.shutDown(grace: .zero)
        #expect(!self.exists)
    }

    @Test("A start that fails leaves no socket behind")
    func failing() async throws {
        let bad = ListenerConfiguration(ListenAddress(host: "192.0.2.1", port: 0))
        let configuration = ServerConfiguration(
            listeners: [ListenerConfiguration(.unixSocket(self.path)), bad],
            hosts: [try makeHost(["localhost"], Recorder())]
        )
        await #expect(throws: ListenError.addressNotAvailable(bad.address)) {
            _ = try await Server(configuration).start()
        }
        #expect(!self.exists)
    }

    @Test("A path that is too long, and a folder that is not there")
    func badPath() async throws {
        let long = ListenAddress.unixSocket("/" + String(repeating: "x", count: 200))
        for (address, sentence) in [
            (long, "\(long) is no path that a Unix socket can have: choose one of 1 to about 100 bytes."),
            (.unixSocket("/nowhere/s"), "Cannot listen on unix:/nowhere/s: No such file or directory."),
        ] {
            let configuration = ServerConfiguration(
                addresses: [address],
                hosts: [try makeHost(["localhost"], Recorder())]
            )
            let error = await #expect(throws: ListenError.self) { _ = try await Server(configuration).start() }
            #expect(error?.description == sentence)
        }
    }
}
