import GeminiProtocol
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import GeminiServer

@Suite("Other listeners while the server runs", .timeLimit(.minutes(10)))
struct ReloadListenersTests {
    private static func configuration(
        _ server: TestServer,
        _ listeners: [ListenerConfiguration],
        answering text: String = "new"
    ) throws -> ServerConfiguration {
        var configuration = ServerConfiguration(
            listeners: listeners,
            hosts: [try makeHost(["localhost"], .closure { _ in .text(text) })]
        )
        configuration.logger = server.log.logger
        return configuration
    }

    private static func listener(_ host: String, port: Int = 0) -> ListenerConfiguration {
        ListenerConfiguration(ListenAddress(host: host, port: port))
    }

    private static func answer(at address: SocketAddress, clear: Bool = false) async throws -> String {
        let connection = try await TestConnection.connect(to: address, tls: clear ? nil : TestConnection.TLS())
        try await connection.send("gemini://localhost/\r\n")
        let transcript = try await connection.readToEnd()
        await connection.close()
        return transcript.text
    }

    private static let new = "20 text/plain\r\nnew"

    @Test("What stays is not touched, what is new is opened, what is gone is closed")
    func change() async throws {
        let start = { (configuration: inout ServerConfiguration) in
            configuration.listeners = [Self.listener("127.0.0.1"), Self.listener("127.0.0.2")]
        }
        try await withServer(configure: start) { server in
            let (stays, goes) = (server.running.addresses[0], server.running.addresses[1])
            let open = try await TestConnection.connect(to: goes)
            let next = [Self.listener("127.0.0.3"), Self.listener("127.0.0.1")]
            try await server.running.reload(try Self.configuration(server, next))

            #expect(server.running.listeners == next)
            #expect(server.running.addresses.map(\.ipAddress) == ["127.0.0.3", "127.0.0.1"])
            #expect(server.running.addresses[1] == stays)
            for address in server.running.addresses { #expect(try await Self.answer(at: address) == Self.new) }
            await #expect(throws: (any Error).self) { _ = try await TestConnection.connect(to: goes, tls: nil) }
            // It came by the address that is gone.
            try await open.send("gemini://localhost/\r\n")
            #expect(try await open.readToEnd().header == "20 text/gemini")
            await open.close()
        }
    }

    @Test("What stays has the settings of the new configuration, for connections to come")
    func settings() async throws {
        try await withServer { server in
            let open = try await server.connect()
            var next = server.running.listeners
            next[0].tls = false
            try await server.running.reload(try Self.configuration(server, next))
            #expect(try await Self.answer(at: server.address, clear: true) == Self.new)
            try await open.send("gemini://localhost/\r\n")
            #expect(try await open.readToEnd().header == "20 text/gemini")
        }
    }

    @Test("Where one address cannot be had, nothing has changed")
    func failing() async throws {
        try await withServer { server in
            var changed = server.running.listeners[0]
            changed.tls = false
            let good = Self.listener("127.0.0.2", port: server.port)
            let bad = Self.listener("192.0.2.1", port: server.port)
            let wrong = try Self.configuration(server, [changed, good, bad])
            await #expect(throws: ListenError.addressNotAvailable(bad.address)) {
                try await server.running.reload(wrong)
            }
            #expect(server.running.addresses == [server.address])
            #expect(try await Self.answer(at: server.address) == "20 text/gemini\r\n# Hello\n")
            let closed = try SocketAddress(ipAddress: "127.0.0.2", port: server.port)
            await #expect(throws: (any Error).self) { _ = try await TestConnection.connect(to: closed, tls: nil) }
        }
    }

    @Test("One address in the place of all, and all in the place of one: at no moment does nobody listen")
    func overlap() async throws {
        try await withServer { server in
            let port = server.port
            let elsewhere = try SocketAddress(ipAddress: "127.0.0.2", port: port)
            let isOver = NIOLockedValueBox(false)
            let visitor = Task {
                while !isOver.withLockedValue({ $0 }) {
                    try await TestConnection.connect(to: server.address, tls: nil).drop()
                }
            }
            for turn in 0..<10 {
                let host = turn.isMultiple(of: 2) ? "0.0.0.0" : "127.0.0.1"
                let open = try await server.connect()
                let next = [Self.listener(host, port: port)]
                try await server.running.reload(try Self.configuration(server, next, answering: "\(turn)"))
                #expect(server.running.addresses.map(\.ipAddress) == [host])
                #expect(try await Self.answer(at: server.address) == "20 text/plain\r\n\(turn)")
                if host == "0.0.0.0" {
                    #expect(try await Self.answer(at: elsewhere) == "20 text/plain\r\n\(turn)")
                } else {
                    await #expect(throws: (any Error).self) {
                        try await TestConnection.connect(to: elsewhere, tls: nil)
                    }
                }
                // It came by the socket that is gone.
                try await open.send("gemini://localhost/\r\n")
                #expect(try await open.readToEnd().header.hasPrefix("20 "))
                await open.close()
            }
            isOver.withLockedValue { $0 = true }
            try await visitor.value
        }
    }

    private static let all = ["0.0.0.0", "::"]
    private static let loopback = ["127.0.0.1", "::1"]

    @Test(
        "After addresses of a port were exchanged nobody else can have them",
        .enabled(if: Self.hasIPv6),
        arguments: [
            (["127.0.0.1"], ["0.0.0.0"]), (["0.0.0.0"], ["127.0.0.1"]), (["127.0.0.1", "127.0.0.2"], ["0.0.0.0"]),
            (Self.loopback, Self.all), (Self.all, Self.loopback), (Self.loopback, ["0.0.0.0", "::1"]),
            (["127.0.0.1", "::"], Self.all), (["0.0.0.0", "::1"], Self.all), (Self.all, ["0.0.0.0", "::1"]),
        ]
    )
    func alone(before: [String], after: [String]) async throws {
        let start = { (configuration: inout ServerConfiguration) in
            configuration.listeners = before.map { Self.listener($0) }
        }
        try await withServer(configure: start) { server in
            let port = server.port
            let next = after.map { Self.listener($0, port: port) }
            try await server.running.reload(try Self.configuration(server, next))
            for host in ["127.0.0.1", "0.0.0.0"] where after.contains(where: { !$0.contains(":") }) {
                #expect(!ListeningSocket.isShared(try SocketAddress(ipAddress: host, port: port)), "\(host)")
            }
            for host in ["::1", "::"] where after.contains(where: { $0.contains(":") }) {
                #expect(!ListeningSocket.isShared(try SocketAddress(ipAddress: host, port: port)), "\(host)")
            }
            #expect(!server.log.contains("can share port"))
        }
    }

    @Test("After an exchange that failed nobody else can have what was open")
    func aloneAsBefore() async throws {
        try await withServer { server in
            let next = [Self.listener("0.0.0.0", port: server.port), Self.listener("2001:db8::1", port: server.port)]
            let wrong = try Self.configuration(server, next)
            await #expect(throws: ListenError.self) { try await server.running.reload(wrong) }
            #expect(!ListeningSocket.isShared(server.address))
            #expect(!ListeningSocket.isShared(try SocketAddress(ipAddress: "0.0.0.0", port: server.port)))
        }
    }

    private static var hasIPv6: Bool {
        guard let address = try? SocketAddress(ipAddress: "::1", port: 0) else { return false }
        return (try? ListeningSocket(binding: address, sharesPort: false)) != nil
    }

    @Test("Where the system lets nobody share a port, as one that was opened elsewhere, an overlap says what to do")
    func foreignOverlap() async throws {
        let one = try ListeningSocket(
            on: SocketAddress(ipAddress: "127.0.0.1", port: 0),
            reusesPort: false,
            stallTimeout: .seconds(60)
        )
        let inherited = ListenAddress.inherited(descriptor: one.descriptor, name: "one")
        let start = { (configuration: inout ServerConfiguration) in
            configuration.listeners = [ListenerConfiguration(inherited)]
        }
        try await withServer(configure: start) { server in
            let all = Self.listener("0.0.0.0", port: server.port)
            let next = try Self.configuration(server, [all])
            let error = await #expect(throws: ListenError.self) { try await server.running.reload(next) }
            #expect(error == .overlapsOpen(all.address))
            #expect(error?.description.contains("restart the server") == true)
            #expect(try await Self.answer(at: server.address) == "20 text/gemini\r\n# Hello\n")
        }
    }

    @Test("All addresses and one of them at one port are an error, which names both")
    func within() async throws {
        try await withServer { server in
            let next = ["127.0.0.1", "0.0.0.0"].map { Self.listener($0, port: server.port) }
            let wrong = try Self.configuration(server, next)
            await #expect(throws: ListenError.listedWithin(next[1].address, next[0].address)) {
                try await server.running.reload(wrong)
            }
            #expect(server.running.addresses == [server.address])
        }
    }

    @Test("One address twice with two settings is an error, with the same settings it is one")
    func twice() async throws {
        try await withServer { server in
            let fixed = Self.listener("127.0.0.1", port: server.port)
            try await server.running.reload(try Self.configuration(server, [server.running.listeners[0], fixed]))
            #expect(server.running.addresses == [server.address])
            var clear = fixed
            clear.tls = false
            let wrong = try Self.configuration(server, [server.running.listeners[0], clear])
            await #expect(throws: ListenError.listedTwice(clear.address)) { try await server.running.reload(wrong) }
            #expect(try await Self.answer(at: server.address) == Self.new)
        }
    }
}
