import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOSSL
import TestSupport
import Testing

@Suite("Hosts by pattern, and the default host", .timeLimit(.minutes(10)))
struct WildcardHostTests {
    /// `*.a.test` without a name of its own, `www.a.test` by name, and a default host that is not the first.
    private static func hosts() throws -> [VirtualHost] {
        var wild = try makeHost(["any.a.test"], .closure { .text("wild \($0.url.host)") })
        wild.names = []
        wild.wildcards = [try HostPattern("*.A.test"), try HostPattern("*.café.test")]
        var fallback = try makeHost(["b.test"], .closure { _ in .text("b") })
        fallback.isDefault = true
        return [wild, try makeHost(["www.a.test"], .closure { _ in .text("www") }), fallback]
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var row: String
        var serverName: String?
        var url: String
        /// The index of the host whose certificate is shown.
        var certificate: Int
        var answer: String
        var mayDiffer = false

        var testDescription: String { "\(self.row): \(self.url) over \(self.serverName ?? "no SNI")" }
    }

    static let cases = [
        Case(
            row: "GP-004",
            serverName: "x.a.test",
            url: "gemini://x.a.test/",
            certificate: 0,
            answer: "20 wild x.a.test"
        ),
        Case(
            row: "GP-004",
            serverName: "X.A.test",
            url: "gemini://x.a.TEST./",
            certificate: 0,
            answer: "20 wild x.a.test."
        ),
        Case(row: "GP-004", serverName: "www.a.test", url: "gemini://www.a.test/", certificate: 1, answer: "20 www"),
        Case(
            row: "GP-028",
            serverName: "x.xn--caf-dma.test",
            url: "gemini://x.café.test/",
            certificate: 0,
            answer: "20 wild x.xn--caf-dma.test"
        ),
        // Two names of one pattern are one host.
        Case(
            row: "DA-14",
            serverName: "x.a.test",
            url: "gemini://y.a.test/",
            certificate: 0,
            answer: "20 wild y.a.test"
        ),
        Case(
            row: "DA-14",
            serverName: "x.a.test",
            url: "gemini://www.a.test/",
            certificate: 0,
            answer: "53 The connection was made for x.a.test"
        ),
        Case(
            row: "DA-14",
            serverName: "www.a.test",
            url: "gemini://x.a.test/",
            certificate: 1,
            answer: "53 The connection was made for www.a.test"
        ),
        Case(
            row: "DA-14",
            serverName: "x.a.test",
            url: "gemini://www.a.test/",
            certificate: 0,
            answer: "20 www",
            mayDiffer: true
        ),
        Case(
            row: "GP-055",
            serverName: "a.test",
            url: "gemini://a.test/",
            certificate: 2,
            answer: "53 a.test is not served here"
        ),
        Case(
            row: "GP-055",
            serverName: "x.y.a.test",
            url: "gemini://x.y.a.test/",
            certificate: 2,
            answer: "53 x.y.a.test is not served here"
        ),
        Case(
            row: "DA-15",
            serverName: "unknown.test",
            url: "gemini://x.a.test/",
            certificate: 2,
            answer: "20 wild x.a.test"
        ),
        Case(row: "GP-007", serverName: nil, url: "gemini://x.a.test/", certificate: 2, answer: "20 wild x.a.test"),
        Case(row: "GP-007", serverName: nil, url: "gemini://b.test/", certificate: 2, answer: "20 b"),
    ]

    @Test("Exact, then by pattern, then the default", arguments: Self.cases)
    func serverName(_ test: Case) async throws {
        let hosts = try Self.hosts()
        var tls = TestConnection.TLS()
        tls.serverName = test.serverName
        let configure = { (configuration: inout ServerConfiguration) in
            configuration.allowsServerNameMismatch = test.mayDiffer
        }
        try await withServer(hosts: hosts, configure: configure) { [tls] server in
            let connection = try await server.connect(tls)
            let certificate = try await connection.serverCertificate()?.toDERBytes()
            #expect(certificate == hosts[test.certificate].identity.current.leaf.der)
            try await connection.send(test.url + "\r\n")
            let text = try await connection.readToEnd().text
            #expect(
                text.replacing("20 text/plain\r\n", with: "20 ").replacing("\r\n", with: "") == test.answer
            )
        }
    }

    @Test(
        "Two hosts with one name are an error that names it",
        arguments: [
            (["a.test"], [], ["b.test", "A.TEST."], [], "a.test"),
            ([], ["*.a.test"], ["a.test"], ["*.A.test"], "*.a.test"),
        ] as [([String], [String], [String], [String], String)]
    )
    func twice(names: [String], patterns: [String], names2: [String], patterns2: [String], name: String) async throws {
        var first = try makeHost(["x.test"], .closure { _ in .text("") })
        first.names = try names.map { try Host($0) }
        first.wildcards = try patterns.map { try HostPattern($0) }
        var second = first
        second.names = try names2.map { try Host($0) }
        second.wildcards = try patterns2.map { try HostPattern($0) }
        let hosts = [first, second]
        let error = await #expect(throws: ServerConfigurationError.self) {
            try await withServer(hosts: hosts) { _ in }
        }
        #expect(error == .nameServedTwice(name))
        #expect(error?.description.contains("\(name) is the name of two hosts") == true)
    }

    @Test("A host may repeat its own name, and only one may be the default")
    func defaults() async throws {
        var host = try makeHost(["a.test"], .closure { _ in .text("a") })
        host.names.append(try Host("A.test."))
        host.isDefault = true
        try await withServer(hosts: [host]) { _ in }
        var other = try makeHost(["b.test"], .closure { _ in .text("b") })
        other.isDefault = true
        let hosts = [host, other]
        await #expect(throws: ServerConfigurationError.severalDefaultHosts(["a.test", "b.test"])) {
            try await withServer(hosts: hosts) { _ in }
        }
    }

    @Test(
        "Patterns and what they take in",
        arguments: [
            ("*.example.org", "a.example.org", true), ("*.Example.ORG.", "A.example.org.", true),
            ("*.example.org", "example.org", false), ("*.example.org", "a.b.example.org", false),
            ("*.example.org", "a.example.com", false), ("*.localhost", "a.localhost", true),
            ("*.0.0.1", "127.0.0.1", nil), ("*", "a", nil), ("a.*.test", "a.b.test", nil), ("*a.test", "aa.test", nil),
            ("*.", "a.", nil), ("**.test", "a.test", nil),
        ] as [(String, String, Bool?)]
    )
    func patterns(pattern: String, host: String, matches: Bool?) throws {
        guard let matches else {
            let error = #expect(throws: HostPatternError.self) { try HostPattern(pattern) }
            #expect(error?.description.contains("'\(pattern)' is no pattern") == true)
            return
        }
        #expect(try HostPattern(pattern).matches(Host(host)) == matches)
    }

    @Test("A pattern may be passed through, and what is served here by name is not")
    func passThrough() async throws {
        let behind = try makeHost(["x.a.test"], .closure { _ in .text("behind") })
        let front = try makeHost(["www.a.test"], .closure { _ in .text("front") })
        try await withServer(hosts: [behind]) { backEnd in
            var host = PassThroughHost(names: [], to: .init(host: "127.0.0.1", port: backEnd.port))
            host.wildcards = [try HostPattern("*.a.test")]
            let configure = { [host] (configuration: inout ServerConfiguration) in configuration.passThrough = [host] }
            for (hosts, name, answer) in [
                ([front], "x.a.test", "behind"), ([front], "www.a.test", "front"), ([], "x.a.test", "behind"),
            ] {
                try await withServer(hosts: hosts, configure: configure) { server in
                    var tls = TestConnection.TLS()
                    tls.serverName = name
                    let transcript = try await server.answer(to: "gemini://\(name)/", tls: tls)
                    #expect(transcript.text == "20 text/plain\r\n\(answer)")
                }
            }
        }
    }

    @Test("A server that only passes through lets go who asks for anybody else, with no byte sent")
    func passThroughOnly() async throws {
        let host = PassThroughHost(names: [try Host("a.test")], to: .init(host: "127.0.0.1", port: 1))
        let configure = { (configuration: inout ServerConfiguration) in configuration.passThrough = [host] }
        try await withServer(hosts: [], configure: configure) { server in
            await #expect(throws: (any Error).self) { _ = try await server.connect() }
            #expect(await eventually { server.log.contains("There is no host localhost here.") })
            #expect(await server.becomesIdle())
        }
    }
}
