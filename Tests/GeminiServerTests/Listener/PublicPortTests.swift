import GeminiProtocol
import NIOCore
import TestSupport
import Testing

@testable import GeminiServer

/// For routers and containers that hand another port on.
@Suite("A port that is handed on", .timeLimit(.minutes(10)))
struct PublicPortTests {
    @Test("GP-056: a URL may name the port that visitors connect to, and no longer the one behind it")
    func port() async throws {
        let recorder = Recorder()
        let configure = { (configuration: inout ServerConfiguration) in configuration.listeners[0].publicPort = 1966 }
        try await withServer(responder: recorder, configure: configure) { server async throws in
            for (url, status) in [
                ("gemini://localhost/", "20"), ("gemini://localhost:1966/", "20"), ("gemini://localhost:1965/", "53"),
                ("gemini://localhost:\(server.port)/", "53"),
            ] {
                #expect(try await server.answer(to: url).header.hasPrefix(status), "\(url)")
            }
            #expect(recorder.requests.map { $0.localAddress?.port } == [1966, 1966])
            let asked = await server.accessLog.entries(atLeast: 4).map(\.port)
            #expect(asked == [1966, 1966, 1965, server.port])
        }
    }

    @Test("What a proxy tells goes before it")
    func proxied() async throws {
        let recorder = Recorder()
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.listeners[0].publicPort = 1966
            configuration.listeners[0].tls = false
            configuration.listeners[0].proxyProtocol = ProxyProtocol(trustedSources: ["127.0.0.1/32"])
        }
        try await withServer(responder: recorder, configure: configure) { server async throws in
            for (header, status) in [("TCP4 192.0.2.1 192.0.2.2 4000 1967", "20"), ("UNKNOWN", "53")] {
                let connection = try await server.connect(nil)
                try await connection.send("PROXY \(header)\r\ngemini://localhost:1967/\r\n")
                #expect(try await connection.readToEnd().header.hasPrefix(status), "\(header)")
                await connection.close()
            }
        }
    }

    @Test("A Unix socket that systemd opened has no port, and takes URLs with any")
    func unixSocket() async throws {
        let folder = try TemporaryDirectory()
        let one = try ListeningSocket(at: folder.path("socket"), mode: 0o600)
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.listeners = [ListenerConfiguration(.inherited(descriptor: one.descriptor, name: "one"))]
            configuration.listeners[0].publicPort = 1966
            configuration.listeners[0].tls = false
        }
        try await withServer(responder: Recorder(), configure: configure) { server async throws in
            let connection = try await TestConnection.connect(to: server.address, tls: nil)
            try await connection.send("gemini://localhost:7/\r\n")
            #expect(try await connection.readToEnd().header.hasPrefix("20"))
            await connection.close()
        }
    }
}
