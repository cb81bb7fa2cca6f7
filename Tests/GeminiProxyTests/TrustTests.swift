import GeminiClient
import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore
import NIOSSL
import TestSupport
import Testing

@testable import GeminiProxy

@Suite("Trust in an origin", .timeLimit(.minutes(10)))
struct TrustTests {
    /// What a visitor gets from an origin that shows this certificate, and whether the origin has seen a request.
    private func answer(
        _ options: ReverseProxy.Options,
        showing tls: ScriptedServer.TLS,
        port: Int = 0
    ) async throws -> (header: String, port: Int, asked: Int) {
        try await withFront { front, responder async throws in
            try await withScriptedServer(port: port, tls: tls, isSecond: true) {
                try await $0.answer("20 text/plain\r\n")
            } _: { origin in
                responder.set(try ReverseProxy(to: "gemini://localhost:\(origin.port)/", options))
                return (try await front.answer(to: "gemini://localhost/").header, origin.port, origin.requests.count)
            }
        }
    }

    @Test("GP-171, GP-182: another certificate than at first is 43, also for a proxy made later")
    func firstUse() async throws {
        let directory = try TemporaryDirectory()
        let log = RecordingLog()
        func options() -> ReverseProxy.Options {
            makeOptions(log) { $0.trust = .trustOnFirstUse(KnownHosts(path: directory.path("known_hosts"))) }
        }
        let known = try ScriptedServer.TLS()
        let first = try await self.answer(options(), showing: known)
        #expect(first.header == "20 text/plain")
        #expect(try await self.answer(options(), showing: known, port: first.port).header == "20 text/plain")
        let other = try await self.answer(options(), showing: ScriptedServer.TLS(), port: first.port)
        #expect(other.header == RelayTests.unreachable)
        #expect(other.asked == 0)
        #expect(
            log.contains("A request for localhost/ could not be proxied: localhost, port \(first.port), shows another")
        )
        let remedy =
            "'canaveral known-hosts forget localhost:\(first.port) --known-hosts \(directory.path("known_hosts"))'"
        #expect(log.contains(remedy))
    }

    @Test("A certificate is pinned")
    func pinned() async throws {
        let log = RecordingLog()
        let tls = try ScriptedServer.TLS()
        let port = try await self.answer(makeOptions(), showing: tls).port
        func options(_ fingerprint: Fingerprint) throws -> ReverseProxy.Options {
            let pin = Pin(host: try Host("localhost"), port: UInt16(port), fingerprint: fingerprint)
            return makeOptions(log) { $0.trust = .pinned([pin]) }
        }
        let right = try options(tls.identity.leaf.fingerprint)
        #expect(try await self.answer(right, showing: tls, port: port).header == "20 text/plain")
        let wrong = try options(ScriptedServer.TLS().identity.leaf.fingerprint)
        #expect(try await self.answer(wrong, showing: tls, port: port).header == RelayTests.unreachable)
        #expect(log.contains("is not the pinned one"))
    }

    @Test("An authority that vouches for nobody here refuses a certificate that signs for itself")
    func authority() async throws {
        let log = RecordingLog()
        let roots = TrustRoots([ServerCertificate(der: try TestAuthority().der)])
        let options = makeOptions(log) { $0.trust = .authority(roots) }
        #expect(try await self.answer(options, showing: ScriptedServer.TLS()).header == RelayTests.unreachable)
        #expect(log.contains("No trusted authority vouches"))
    }

    @Test("The origin is shown the proxy's own certificate, and never the visitor's (GP-188)")
    func identity() async throws {
        let directory = try TemporaryDirectory()
        let own = try TestIdentity(.p256)
        let path = try directory.write(try own.pem, to: "own.pem")
        let identity = try ClientIdentity(certificatePath: path)
        let visitor = try TestIdentity(.p256).tls()
        for (identity, expected) in [(identity, try own.der), (nil, nil)] as [(ClientIdentity?, [UInt8]?)] {
            let options = makeOptions { $0.identity = identity }
            try await withOrigin(options) {
                try await $0.answer("20 text/plain\r\n")
            } _: { front, origin async throws in
                #expect(try await front.answer(to: "gemini://localhost/", tls: visitor).header == "20 text/plain")
                #expect(try origin.visits[0].certificate?.toDERBytes() == expected)
            }
        }
    }

    @Test(
        "PP-24, PP-02: the PROXY header goes first of all, and TLS begins behind it",
        arguments: [
            ProxyHeader.Version.v1, .v2,
        ]
    )
    func proxyHeader(_ version: ProxyHeader.Version) async throws {
        let options = makeOptions {
            $0.proxyHeader = version
            $0.limits.handshakeTimeout = .milliseconds(500)
        }
        try await withOrigin(options, isPlain: true) { _ in
        } _: { front, origin async throws in
            let connection = try await front.connect()
            try await connection.send("gemini://localhost/\r\n")
            _ = try await connection.readToEnd()
            let header = ProxyHeader(
                source: connection.channel.localAddress,
                destination: front.address,
                authority: "localhost"
            ).encoded(version)
            let received = origin.visits[0].received.bytes
            #expect(received.prefix(header.readableBytes) == Array(header.readableBytesView)[...])
            #expect(received.dropFirst(header.readableBytes).prefix(2) == [0x16, 0x03])
        }
    }
}
