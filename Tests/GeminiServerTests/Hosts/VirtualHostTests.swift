import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("Virtual hosts", .timeLimit(.minutes(10)))
struct VirtualHostTests {
    private static func hosts() throws -> [VirtualHost] {
        [
            try makeHost(["a.test", "www.a.test"], .closure { _ in .text("a") }),
            try makeHost(["b.test"], .closure { _ in .text("b") }),
            try makeHost(["café.test"], .closure { _ in .text("café") }),
        ]
    }

    private static func tls(_ serverName: String?) -> TestConnection.TLS {
        var tls = TestConnection.TLS()
        tls.serverName = serverName
        return tls
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var row: String
        var serverName: String?
        var url: String
        /// The index of the host whose certificate is shown.
        var certificate: Int
        var answer: String

        init(_ row: String, _ serverName: String?, _ url: String, certificate: Int, _ answer: String) {
            self.row = row
            self.serverName = serverName
            self.url = url
            self.certificate = certificate
            self.answer = answer
        }

        var testDescription: String { "\(self.row): \(self.url) over \(self.serverName ?? "no SNI")" }
    }

    static let cases = [
        Case("GP-004", "a.test", "gemini://a.test/", certificate: 0, "20 text/plain\r\na"),
        Case("GP-004", "b.test", "gemini://b.test/", certificate: 1, "20 text/plain\r\nb"),
        Case("GP-004", "www.a.test", "gemini://www.a.test/", certificate: 0, "20 text/plain\r\na"),
        Case("GP-004", "A.TEST", "gemini://a.test/", certificate: 0, "20 text/plain\r\na"),
        Case("GP-004", "B.Test", "gemini://B.Test/", certificate: 1, "20 text/plain\r\nb"),
        Case("GP-007", nil, "gemini://a.test/", certificate: 0, "20 text/plain\r\na"),
        Case("GP-007", nil, "gemini://b.test/", certificate: 0, "20 text/plain\r\nb"),
        Case("GP-028", "xn--caf-dma.test", "gemini://xn--caf-dma.test/", certificate: 2, "20 text/plain\r\ncafé"),
        Case("GP-028", "xn--caf-dma.test", "gemini://café.test/", certificate: 2, "20 text/plain\r\ncafé"),
        Case("GP-028", "XN--CAF-DMA.test", "gemini://CAF%C3%A9.test/", certificate: 2, "20 text/plain\r\ncafé"),
        Case("GP-031", "a.test", "gemini://a.test./", certificate: 0, "20 text/plain\r\na"),
        Case("GP-055", "a.test", "gemini://c.test/", certificate: 0, "53 c.test is not served here\r\n"),
        // The names of one host are one host.
        Case("DA-14", "www.a.test", "gemini://a.test/", certificate: 0, "20 text/plain\r\na"),
        Case("DA-14", "a.test", "gemini://b.test/", certificate: 0, "53 The connection was made for a.test\r\n"),
        Case("DA-14", "b.test", "gemini://a.test/", certificate: 1, "53 The connection was made for b.test\r\n"),
        Case("DA-15", "unknown.test", "gemini://b.test/", certificate: 0, "20 text/plain\r\nb"),
        Case(
            "DA-15",
            "unknown.test",
            "gemini://unknown.test/",
            certificate: 0,
            "53 unknown.test is not served here\r\n"
        ),
    ]

    @Test("Which certificate is shown, and who answers", arguments: Self.cases)
    func serverName(_ test: Case) async throws {
        let hosts = try Self.hosts()
        try await withServer(hosts: hosts) { server in
            let connection = try await server.connect(Self.tls(test.serverName))
            let certificate = try await connection.serverCertificate()?.toDERBytes()
            #expect(certificate == hosts[test.certificate].identity.current.leaf.der)
            try await connection.send(test.url + "\r\n")
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == test.answer)
            #expect(transcript.closeNotify)
        }
    }

    @Test("GP-056, DA-13: the port that a URL names has to be ours, and it need name none")
    func ports() async throws {
        let twoAddresses: @Sendable (inout ServerConfiguration) -> Void = {
            $0.addresses.append(ListenAddress(host: "127.0.0.2", port: 0))
        }
        try await withServer(hosts: Self.hosts(), configure: twoAddresses) { server in
            // Both addresses have the port that was picked for the first.
            #expect(Set(server.running.addresses.map(\.port)) == [server.port])
            for (url, status) in [
                ("gemini://a.test/", "20"), ("gemini://a.test:\(server.port)/", "20"), ("gemini://a.test:1965/", "53"),
                ("gemini://a.test:\(server.port ^ 1)/", "53"),
            ] {
                let transcript = try await server.answer(to: url, tls: Self.tls("a.test"))
                #expect(transcript.header.prefix(2) == status, "\(url)")
            }
        }
    }

    @Test("A server without hosts does not start")
    func none() async {
        await #expect(throws: ServerConfigurationError.noHosts) {
            _ = try await Server(ServerConfiguration(addresses: [ListenAddress(host: "127.0.0.1", port: 0)], hosts: []))
                .start()
        }
    }
}
