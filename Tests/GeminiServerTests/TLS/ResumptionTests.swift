import GeminiProbe
import GeminiServer
import TestSupport
import Testing

/// Who the server takes a client for that offers a session of an earlier connection.
@Suite("Resumed sessions", .timeLimit(.minutes(10)))
struct ResumptionTests {
    /// How a session is kept from one connection to the next.
    enum Keeping: String, CaseIterable, Sendable {
        /// By the client, as a ticket.
        case ticket12 = "TLS 1.2 with tickets"
        /// By the server, which knows its number.
        case number12 = "TLS 1.2 without tickets"
        case ticket13 = "TLS 1.3"
        /// The first hello is refused for its key share, and offers the session again in the next.
        case ticket13Retried = "TLS 1.3 with HelloRetryRequest"

        var settings: TLSSettings {
            let version: TLSVersion = self == .ticket13 || self == .ticket13Retried ? .v1_3 : .v1_2
            var settings = TLSSettings(versions: version...version)
            settings.takesTickets = self != .number12
            // P-521, which our servers do not take, then X25519.
            if self == .ticket13Retried { settings.groups = [0x0019, 0x001D] }
            return settings
        }
    }

    /// What one connection ended with.
    private struct Visit: Sendable {
        var isResumed: Bool
        var session: ResumableSession?
        var text: String
    }

    /// A client that shows one certificate or none.
    private struct Client {
        let context: TLSContext

        init(_ keeping: Keeping, _ identity: TestIdentity? = nil) throws {
            var settings = keeping.settings
            settings.identity = try identity.map {
                TLSSettings.Identity(certificates: [try $0.der], key: try $0.keyDER)
            }
            self.context = try TLSContext(settings)
        }

        func visit(
            _ server: TestServer,
            host: String = "localhost",
            offering session: ResumableSession? = nil
        ) async throws -> Visit {
            let (context, port) = (self.context, UInt16(server.port))
            return try await onThread { () -> Result<Visit, ProbeError> in
                Result { () throws(ProbeError) -> Visit in
                    let deadline = Deadline.after(.seconds(30))
                    let address = try NetworkAddress.resolve("127.0.0.1", port: port)[0]
                    let connection = try ProbeConnection(to: address, deadline: deadline)
                    let agreement = try connection.startTLS(
                        context,
                        serverName: host,
                        session: session,
                        deadline: deadline
                    )
                    try connection.send(Array("gemini://\(host)/\r\n".utf8), deadline: deadline)
                    var answer: [UInt8] = []
                    while case .bytes(let bytes) = connection.next(deadline: deadline) { answer += bytes }
                    return Visit(
                        isResumed: agreement.isResumed,
                        session: connection.sessions.last,
                        text: String(decoding: answer, as: UTF8.self)
                    )
                }
            }.get()
        }
    }

    /// Answers with the name in the certificate that it sees.
    private static let responder: any Responder = .closure { request in
        .text(request.clientCertificate?.commonName ?? "nobody")
    }

    private static func answer(_ name: String) -> String { "20 text/plain\r\n\(name)" }

    @Test(
        "GP-160: a session that was made without a certificate is resumed, and is nobody's",
        arguments: Keeping.allCases
    )
    func withoutCertificate(_ keeping: Keeping) async throws {
        try await withServer(responder: Self.responder) { server in
            let client = try Client(keeping)
            let first = try await client.visit(server)
            #expect(first.text == Self.answer("nobody"))
            #expect(!first.isResumed)
            let session: ResumableSession = try #require(first.session)
            let second = try await client.visit(server, offering: session)
            #expect(second.text == Self.answer("nobody"))
            #expect(second.isResumed)
            // One who has a certificate by now, and is not asked for it: nobody, and never somebody else.
            let alice = try Client(keeping, TestIdentity(commonName: "alice"))
            #expect(try await alice.visit(server, offering: session).text == Self.answer("nobody"))
        }
    }

    @Test(
        "GP-160: after a session with a certificate, the server sees whom the client shows now",
        arguments: Keeping.allCases
    )
    func withCertificate(_ keeping: Keeping) async throws {
        try await withServer(responder: Self.responder) { server in
            let identity = try TestIdentity(commonName: "alice")
            let alice = try Client(keeping, identity)
            let first = try await alice.visit(server)
            #expect(first.text == Self.answer("alice"))
            let session = try #require(first.session)

            let nobody = try await Client(keeping).visit(server, offering: session)
            #expect(nobody.text == Self.answer("nobody"))
            #expect(!nobody.isResumed)
            let bob = try await Client(keeping, TestIdentity(commonName: "bob")).visit(server, offering: session)
            #expect(bob.text == Self.answer("bob"))
            #expect(!bob.isResumed)
            let again = try await alice.visit(server, offering: session)
            #expect(again.text == Self.answer("alice"))
            #expect(!again.isResumed)
        }
    }

    @Test("GP-160: however identities change, each connection has the one that it shows", arguments: Keeping.allCases)
    func changes(_ keeping: Keeping) async throws {
        try await withServer(responder: Self.responder) { server in
            let clients = [
                ("alice", try Client(keeping, TestIdentity(commonName: "alice"))),
                ("nobody", try Client(keeping)),
                ("bob", try Client(keeping, TestIdentity(.ed25519, commonName: "bob"))),
            ]
            var sessions: [ResumableSession?] = [nil]
            for step in 0..<18 {
                let (name, client) = clients[step % 3]
                // The session of each kind of context in turn, the latest and earlier ones.
                let offered = sessions[max(0, sessions.count - 1 - step % 4)]
                let visit = try await client.visit(server, offering: offered)
                // Nobody is the one that a session may make of somebody.
                let expected = visit.isResumed ? "nobody" : name
                #expect(visit.text == Self.answer(expected), "step \(step)")
                sessions.append(visit.session)
            }
        }
    }

    @Test("GP-160: a session is worth nothing at another host of ours", arguments: Keeping.allCases)
    func anotherHost(_ keeping: Keeping) async throws {
        let hosts = [try makeHost(["localhost"], Self.responder), try makeHost(["other.localhost"], Self.responder)]
        try await withServer(hosts: hosts) { server in
            let alice = try Client(keeping, TestIdentity(commonName: "alice"))
            let first = try await alice.visit(server)
            #expect(first.text == Self.answer("alice"))
            for client in [try Client(keeping), alice] {
                let visit = try await client.visit(server, host: "other.localhost", offering: first.session)
                #expect(!visit.isResumed)
                #expect(visit.text == Self.answer(client.context === alice.context ? "alice" : "nobody"))
            }
        }
    }

    @Test("A session that nobody can read is no reason to refuse a client", arguments: Keeping.allCases)
    func unknownSession(_ keeping: Keeping) async throws {
        let alice = try Client(keeping, TestIdentity(commonName: "alice"))
        let session = try await withServer(responder: Self.responder) { server in
            try #require(try await alice.visit(server).session)
        }
        try await withServer(responder: Self.responder) { server in
            let visit = try await alice.visit(server, offering: session)
            #expect(visit.text == Self.answer("alice"))
            #expect(!visit.isResumed)
        }
    }
}
