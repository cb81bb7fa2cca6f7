import CanaveralTesting
import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPProxy

@Suite("The web through a proxy")
struct HTTPProxyTests {
    private static let pages: [String: WebServer.Page] = [
        "/page": .html("<title>Hello</title><p>A <a href='/other?a=1&amp;b'>link</a> in a paragraph</p>"),
        "/latin": WebServer.Page(
            headers: ["Content-Type": "text/html; charset=ISO-8859-1"],
            body: Array("<p>caf".utf8) + [0xE9]
        ),
        "/text": WebServer.Page(
            headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array("# no heading <b>".utf8)
        ),
        "/picture": WebServer.Page(headers: ["Content-Type": "image/png"], body: [0x89, 0x50, 0x4E, 0x47, 0, 1, 2]),
        "/moved": .redirect("sub/page"),
        "/sub/page": .html("<p><a href=next>Next</a></p>"),
        "/loop": .redirect("/loop"),
        "/out": .redirect("gemini://localhost/"),
        "/inward": .redirect("http://10.0.0.1/"),
        "/large": WebServer.Page(headers: ["Content-Type": "text/plain"], body: [UInt8](repeating: 0x61, count: 5_000)),
        "/silent": WebServer.Page(endless: true),
    ]

    /// The web of the tests is on loopback, and nothing else is in it.
    private static var web: Web {
        var web = Web()
        web.sizeLimit = 4_000
        web.reaches = { $0.ipAddress == "127.0.0.1" }
        return web
    }

    private func get(
        _ path: String,
        through web: Web = Self.web,
        _ transport: Transport = .inProcess
    ) async throws -> TestPage {
        try await WebServer.with(Self.pages) { port in
            try await makeHTTPProxy(web).test(transport) { client in
                try await client.get("http://127.0.0.1:\(port)\(path)")
            }
        }
    }

    @Test("HTML is gemtext, whose links lead on through the proxy", arguments: Transport.allCases)
    func html(_ transport: Transport) async throws {
        let page = try await self.get("/page", through: Self.web, transport)
        #expect(page.mediaType?.isGemtext == true)
        #expect(page.text.hasPrefix("# Hello\n\nA link in a paragraph\n=> http://127.0.0.1:"))
        #expect(page.links.first?.target.hasSuffix("/other?a=1&b") == true)
        #expect(page.links.first?.label == "link")
        #expect(try await self.get("/latin").text == "café\n")
    }

    @Test("Other documents are passed on as they are")
    func others() async throws {
        let text = try await self.get("/text")
        #expect(text.mediaType?.essence == "text/plain")
        #expect(text.text == "# no heading <b>")
        let picture = try await self.get("/picture")
        #expect(picture.mediaType?.essence == "image/png")
        #expect(picture.bytes == [0x89, 0x50, 0x4E, 0x47, 0, 1, 2])
    }

    @Test("Redirects are followed, and links start from where they led")
    func redirects() async throws {
        let page = try await self.get("/moved")
        #expect(page.links.map(\.label) == ["Next"])
        #expect(page.links.first?.target.hasSuffix("/sub/next") == true)
    }

    @Test(
        "What goes wrong on the web is the answer 43",
        arguments: [
            ("/missing", "answered 404"), ("/large", "more than 4000 bytes"), ("/loop", "redirects too often"),
            ("/out", "moved out of the web"), ("/inward", "10.0.0.1 is inside of a network"),
        ]
    )
    func failures(_ path: String, _ reason: String) async throws {
        let page = try await self.get(path)
        #expect(page.is(.proxyError))
        #expect(page.meta.contains(reason))
    }

    @Test("A server that never finishes is given up on")
    func timeout() async throws {
        var web = Self.web
        web.timeLimit = .milliseconds(300)
        let page = try await self.get("/silent", through: web)
        #expect(page.is(.proxyError))
        #expect(page.meta == "127.0.0.1 took too long")
    }

    @Test("A server that is not there cannot be reached, and why is nobody's business")
    func unreachable() async throws {
        let port = try await WebServer.with([:]) { $0 }
        let page = try await makeHTTPProxy(Self.web).test { client in try await client.get("http://127.0.0.1:\(port)/")
        }
        #expect(page.is(.proxyError))
        #expect(page.meta == "127.0.0.1 cannot be reached")
    }

    @Test(
        "The inside of a network is not fetched, however it is spelled",
        arguments: [
            "127.0.0.1", "localhost", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "10.1.2.3", "172.31.0.1",
            "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fc00::1]", "0.0.0.0",
        ]
    )
    func inside(_ host: String) async throws {
        let page = try await makeHTTPProxy().test { client in try await client.get("http://\(host):1/") }
        #expect(page.is(.proxyError))
        #expect(page.meta.contains("is inside of a network"))
    }

    @Test("Which addresses are public")
    func addresses() throws {
        for address in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.255", "2606:4700::1", "::ffff:8.8.8.8"] {
            #expect(try SocketAddress(ipAddress: address, port: 0).isPublic, "\(address)")
        }
        for address in ["224.0.0.1", "255.255.255.255", "::", "2002:7f00:1::", "2001::1", "64:ff9b::7f00:1", "ff02::1"]
        {
            #expect(try !SocketAddress(ipAddress: address, port: 0).isPublic, "\(address)")
        }
    }

    @Test("The capsule has a page of its own, and no other scheme is fetched")
    func own() async throws {
        try await makeHTTPProxy().test { client async throws in
            #expect(try await client.get("/").contains("# A proxy"))
            #expect(try await client.get("gopher://example.org/").is(.proxyRequestRefused))
            #expect(try await client.get("gemini://example.org/").is(.proxyRequestRefused))
        }
    }
}
