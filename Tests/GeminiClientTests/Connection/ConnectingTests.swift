import GeminiProtocol
import NIOCore
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Connecting")
struct ConnectingTests {
    @Test("A dead IPv6 address does not keep the client from a live IPv4 one")
    func deadIPv6() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            // Nobody listens on ::1 at this port, or at the address for documentation.
            let client = makeClient {
                $0.makeResolver = { LoopbackResolver(eventLoop: $0, v4: ["127.0.0.1"], v6: ["::1", "2001:db8::1"]) }
            }
            _ = try await client.page(at: server.url())
            #expect(server.visits.count == 1)
        }
    }

    @Test("A dead IPv4 address does not keep the client from a live IPv6 one, which comes first")
    func deadIPv4() async throws {
        try await withScriptedServer(host: "::1") {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let client = makeClient {
                $0.makeResolver = { LoopbackResolver(eventLoop: $0, v4: ["127.0.0.1"], v6: ["::1"]) }
            }
            _ = try await client.page(at: server.url())
            #expect(server.visits.count == 1)
        }
    }

    @Test("An IPv6 address that never answers costs a quarter of a second, not the connection")
    func silentIPv6() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            // A listener whose queue is full does not answer: the kernel drops what comes.
            try await withSilentListener(port: server.port) { _ in
                let client = makeClient {
                    $0.makeResolver = { LoopbackResolver(eventLoop: $0, v4: ["127.0.0.1"], v6: ["::1"]) }
                    $0.limits.connectTimeout = .seconds(120)
                }
                let start = ContinuousClock.now
                _ = try await client.page(at: server.url())
                #expect(ContinuousClock.now - start < .seconds(60))
                #expect(server.visits.count == 1)
            }
        }
    }

    @Test("A name without an address, and a port without a server, are errors of their own")
    func nobody() async throws {
        let nameless = makeClient { $0.makeResolver = { LoopbackResolver(eventLoop: $0, v4: []) } }
        guard
            case .hostNotFound(let host) = await error(of: { try await nameless.page(at: "gemini://nowhere.example/") })
        else {
            Issue.record("no error")
            return
        }
        #expect(host.description == "nowhere.example")

        let port = try await withScriptedServer { _ in
        } _: {
            $0.port
        }
        for host in ["localhost", "127.0.0.1"] {
            let failure = await error { try await makeClient().page(at: "gemini://\(host):\(port)/") }
            guard case .cannotConnect(_, _, reason: "connection refused") = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test("A server that speaks no TLS is an error of TLS; one that says nothing, of time")
    func notTLS() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            if visit.number == 0 {
                try await visit.send("SSH-2.0-OpenSSH_9.2\r\n")
            }
            try await visit.clientLeft()
        } _: { server in
            let url = try server.url()
            guard case .tlsFailed = await error(of: { try await makeClient().page(at: url) }) else {
                Issue.record("no error")
                return
            }
            let client = makeClient { $0.limits.handshakeTimeout = .milliseconds(200) }
            guard case .timedOut(_, .handshake) = await error(of: { try await client.page(at: url) }) else {
                Issue.record("no error")
                return
            }
            #expect(await server.becomesIdle())
        }
    }

    @Test(
        "A server that closes before TLS begins, in order or not, is a sentence of its own",
        arguments: [false, true]
    )
    func closedAtOnce(_ isReset: Bool) async throws {
        try await withScriptedServer(isPlain: true) { visit in
            if isReset { await visit.connection.reset() } else { await visit.connection.close() }
        } _: { server in
            let url = try server.url()
            let failure = await error(of: { try await makeClient().page(at: url) })
            guard case .tlsFailed(_, let reason) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(
                reason == "the server closed the connection before TLS began; it may refuse this address, or not be a "
                    + "Gemini server at this port"
            )
        }
    }

    @Test("What speaks no TLS is named so, with BoringSSL's code behind")
    func meaning() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.send("SSH-2.0-OpenSSH_9.2\r\n")
            try await visit.clientLeft()
        } _: { server in
            let url = try server.url()
            let failure = await error(of: { try await makeClient().page(at: url) })
            #expect(
                failure?.description
                    == "The TLS connection with localhost failed: what answers at this port speaks no TLS "
                    + "(WRONG_VERSION_NUMBER)."
            )
        }
    }

    @Test("A look-up that brings nothing is over when the time to connect is")
    func silentResolver() async throws {
        let client = makeClient {
            $0.makeResolver = { LoopbackResolver(eventLoop: $0, isSilent: true) }
            $0.limits.connectTimeout = .milliseconds(200)
        }
        guard case .timedOut(_, .connecting) = await error(of: { try await client.page(at: "gemini://h/") }) else {
            Issue.record("no error")
            return
        }
    }
}
