import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@Suite("Requests for others", .timeLimit(.minutes(10)))
struct ProxySeamTests {
    private static let proxy = ClosureResponder { request in
        if let upload = request.upload { return .text("proxy took \(try await upload.collect().readableBytes)") }
        return .text("proxy \(request.url)")
    }

    private static func answer(
        to request: String,
        serverName: String = "a.test",
        hasProxy: Bool = true
    ) async throws -> String {
        let hosts = [
            try makeHost(["a.test"], .closure { _ in .text("a") }),
            try makeHost(["b.test"], .closure { _ in .text("b") }),
        ]
        var tls = TestConnection.TLS()
        tls.serverName = serverName
        let configure = { (configuration: inout ServerConfiguration) in
            if hasProxy { configuration.proxy = Self.proxy }
        }
        return try await withServer(hosts: hosts, configure: configure) { [tls] server in
            try await server.answer(to: Array(request.utf8), tls: tls).text
        }
    }

    @Test(
        "GP-055, GP-056, GP-057: what is for others goes to the proxy",
        arguments: [
            "gemini://c.test/x", "https://c.test/x", "https://a.test/x", "gemini://a.test:1/x", "gopher://c.test/x",
        ]
    )
    func foreign(url: String) async throws {
        #expect(try await Self.answer(to: url + "\r\n") == "20 text/plain\r\nproxy \(url)")
        #expect(try await Self.answer(to: url + "\r\n", hasProxy: false).hasPrefix("53 "))
    }

    @Test(
        "and what is ours does not",
        arguments: [
            ("gemini://a.test/", "20 text/plain\r\na"),
            ("gemini://b.test/", "53 The connection was made for a.test\r\n"),
            ("titan://a.test/f;size=1", "53 Nothing can be uploaded or edited on this host\r\n"),
        ]
    )
    func ours(url: String, answer: String) async throws {
        #expect(try await Self.answer(to: url + "\r\n") == answer)
    }

    @Test("An upload for others has its body")
    func upload() async throws {
        #expect(try await Self.answer(to: "titan://c.test/f;size=3\r\nabc") == "20 text/plain\r\nproxy took 3")
    }
}
