import GeminiProtocol
import GeminiTLS
import NIOSSL
import TestSupport
import Testing

@testable import GeminiServer

@Suite("Another configuration while the server runs", .timeLimit(.minutes(10)))
struct ReloadTests {
    private static func configuration(_ server: TestServer, _ hosts: [VirtualHost]) -> ServerConfiguration {
        var configuration = ServerConfiguration(addresses: [ListenAddress(host: "127.0.0.1", port: 0)], hosts: hosts)
        configuration.accessLog = server.accessLog
        configuration.logger = server.log.logger
        return configuration
    }

    private static func answer(_ server: TestServer, _ name: String = "localhost") async throws -> String {
        try await server.answer(to: "gemini://\(name)/", tls: Self.tls(name)).text
    }

    private static func tls(_ serverName: String) -> TestConnection.TLS {
        var tls = TestConnection.TLS()
        tls.serverName = serverName
        return tls
    }

    @Test("New connections see the new one; those under way end under the old one")
    func swap() async throws {
        let gate = Gate()
        let old = ClosureResponder { request in
            if request.path == "/slow" { try await gate.wait() }
            return .text("old")
        }
        try await withServer(responder: old) { server in
            let responding = try await server.connect()
            try await responding.send("gemini://localhost/slow\r\n")
            await gate.entered()
            let waiting = try await server.connect()
            let unshaken = try await server.connect(nil)

            let hosts = [
                try makeHost(["localhost"], .closure { _ in .text("new") }),
                try makeHost(["other.test"], .closure { _ in .text("other") }),
            ]
            try await server.running.reload(Self.configuration(server, hosts))
            #expect(try await Self.answer(server) == "20 text/plain\r\nnew")
            #expect(try await Self.answer(server, "other.test") == "20 text/plain\r\nother")
            let shown = try await server.connect().serverCertificate()?.toDERBytes()
            #expect(shown == hosts[0].identity.current.leaf.der)

            // The connection that has asked for nothing yet, and the one that has an answer coming.
            try await waiting.send("gemini://localhost/\r\n")
            #expect(try await waiting.readToEnd().text == "20 text/plain\r\nold")
            gate.open()
            let transcript = try await responding.readToEnd()
            #expect(transcript.text == "20 text/plain\r\nold")
            #expect(transcript.closeNotify)
            #expect(!unshaken.transcript.ended)
        }
    }

    @Test("One that is wrong changes nothing")
    func failing() async throws {
        try await withServer { server in
            let host = try makeHost(["a.test"], .closure { _ in .text("a") })
            for (hosts, error) in [
                ([], ServerConfigurationError.noHosts), ([host, host], .nameServedTwice("a.test")),
            ] {
                await #expect(throws: error) {
                    try await server.running.reload(Self.configuration(server, hosts))
                }
            }
            var configuration = Self.configuration(server, [host])
            configuration.passThrough = [PassThroughHost(names: [try Host("a.test")], to: .init(host: "::1"))]
            configuration.limits.maximumConnections = 0
            let wrong = configuration
            await #expect(throws: ServerConfigurationError.nameServedTwice("a.test")) {
                try await server.running.reload(wrong)
            }
            #expect(try await Self.answer(server) == "20 text/gemini\r\n# Hello\n")
            #expect(server.running.certificates.map(\.names) == [["localhost"]])
        }
    }

    @Test("Connections that are open count under the new limits, and stay where those are lower")
    func limits() async throws {
        try await withServer { server in
            let hosts = [try makeHost(["localhost"], .closure { _ in .text("new") })]
            var open = [try await server.connect(), try await server.connect()]
            var configuration = Self.configuration(server, hosts)
            configuration.limits.maximumConnections = 2
            try await server.running.reload(configuration)
            #expect(server.running.connectionCount == 2)
            await #expect(throws: (any Error).self) { _ = try await server.connect() }

            configuration.limits.maximumConnections = 3
            try await server.running.reload(configuration)
            open.append(try await server.connect())

            configuration.limits.maximumConnections = nil
            configuration.limits.maximumConnectionsPerAddress = 3
            try await server.running.reload(configuration)
            await #expect(throws: (any Error).self) { _ = try await server.connect() }
            for connection in open { await connection.drop() }
            #expect(await server.becomesIdle())
            #expect(try await Self.answer(server) == "20 text/plain\r\nnew")
        }
    }

    @Test("Connections that are passed through count under the new limits too")
    func passThrough() async throws {
        try await withServer(hosts: [try makeHost(["a.test"], .closure { _ in .text("behind") })]) { backEnd in
            var host = PassThroughHost(names: [try Host("a.test")], to: .init(host: "127.0.0.1", port: backEnd.port))
            let own = try makeHost(["localhost"], .closure { _ in .text("own") })
            let configure = { [host] (configuration: inout ServerConfiguration) in configuration.passThrough = [host] }
            try await withServer(hosts: [own], configure: configure) { server in
                let tls = Self.tls("a.test")
                let first = try await server.connect(tls)
                host.maximumConnections = 1
                var configuration = Self.configuration(server, [own])
                configuration.passThrough = [host]
                try await server.running.reload(configuration)
                await #expect(throws: (any Error).self) { _ = try await server.connect(tls) }
                await first.drop()
                let isFree = await eventually {
                    guard let next = try? await server.connect(tls) else { return false }
                    await next.drop()
                    return true
                }
                #expect(isFree)
            }
        }
    }

    @Test("Several at once come one after the other, and the last of them stays")
    func concurrent() async throws {
        try await withServer { server in
            let hosts = try (0..<8).map { number in
                try makeHost(["localhost"], .closure { _ in .text("\(number)") })
            }
            await withTaskGroup(of: Void.self) { group in
                for host in hosts.dropLast() {
                    group.addTask { try? await server.running.reload(Self.configuration(server, [host])) }
                }
            }
            try await server.running.reload(Self.configuration(server, [hosts[7]]))
            #expect(try await Self.answer(server) == "20 text/plain\r\n7")
            let shown = try await server.connect().serverCertificate()?.toDERBytes()
            #expect(shown == hosts[7].identity.current.leaf.der)
        }
    }

    @Test("Certificates of the new hosts are looked after, those of the old ones no longer")
    func upkeep() async throws {
        let folder = try TemporaryDirectory()
        let files = ["old", "new"].map { IdentityFiles(certificatePath: folder.path("\($0).pem")) }
        let hosts = try files.map { files in
            try files.save(try Identity.generate(names: ["localhost"], at: .now))
            return VirtualHost(
                names: [try Host("localhost")],
                identity: try .files(certificate: files.certificatePath),
                responder: Recorder()
            )
        }
        let unwatched: (inout ServerConfiguration) -> Void = { $0.certificateCheckInterval = nil }
        try await withServer(hosts: [hosts[0]], configure: unwatched) { server in
            var configuration = Self.configuration(server, [hosts[1]])
            configuration.certificateCheckInterval = .milliseconds(10)
            try await server.running.reload(configuration)
            let next = try Identity.generate(names: ["localhost"], at: .now)
            for files in files { try files.save(next) }
            let isShown = try await eventually {
                try await server.connect().serverCertificate()?.toDERBytes() == next.leaf.der
            }
            #expect(isShown)
            #expect(hosts[0].identity.current.leaf != next.leaf)
        }
        withExtendedLifetime(folder) {}
    }

    @Test("A certificate that was exchanged before it is shown is not undone by a reload with the same identity")
    func shared() async throws {
        let folder = try TemporaryDirectory()
        let files = IdentityFiles(certificatePath: folder.path("pair.pem"))
        try files.save(try Identity.generate(names: ["localhost"], at: .now))
        let host = VirtualHost(
            names: [try Host("localhost")],
            identity: try .files(certificate: files.certificatePath),
            responder: Recorder()
        )
        try await withServer(hosts: [host]) { server in
            for _ in 0..<3 {
                let next = try Identity.generate(names: ["localhost"], at: .now)
                try files.save(next)
                async let reloaded: Void = server.running.reload(Self.configuration(server, [host]))
                await server.running.reloadCertificates()
                try await reloaded
                let shown = try await server.connect().serverCertificate()?.toDERBytes()
                #expect(shown == next.leaf.der)
            }
        }
        withExtendedLifetime(folder) {}
    }

    @Test("A server that was told to stop takes no other configuration")
    func stopped() async throws {
        try await withServer { server in
            await server.running.shutDown(grace: .zero)
            let hosts = [try makeHost(["localhost"], .closure { _ in .text("") })]
            await #expect(throws: ServerConfigurationError.serverStopped) {
                try await server.running.reload(Self.configuration(server, hosts))
            }
        }
    }
}
