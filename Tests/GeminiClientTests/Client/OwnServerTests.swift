import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@testable import GeminiClient

@Suite("The client and our own server")
struct OwnServerTests {
    @Test("A page, with everything that is known of it")
    func page() async throws {
        try await withServer { server in
            let page = try await makeClient().page(at: server.url("/a"))
            #expect(try page.document.title == "Hello")
            #expect(!page.isTruncated)
            #expect(page.exchange.deviations == [])
            #expect(page.exchange.tls.version == .v1_3)
            #expect(page.exchange.certificate?.covers(try Host("localhost")) == true)
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-011, GP-013: a response that broke off is truncated")
    func brokenOff() async throws {
        struct Broken: Error {}
        let responder: any Responder = .closure { _ in
            .success(
                .plainText,
                .stream { writer in
                    try await writer.write("half")
                    throw Broken()
                }
            )
        }
        try await withServer(responder: responder) { server in
            let page = try await makeClient().page(at: server.url())
            #expect(try page.text == "half")
            #expect(page.isTruncated)
        }
    }

    @Test("Every outcome")
    func outcomes() async throws {
        let responder: any Responder = .closure { request in
            switch request.url.path {
            case "/input" where request.url.query == nil: .input("Name?")
            case "/input": .text(try request.url.decodedQuery() ?? "")
            case "/moved": .redirect(to: try URIReference("/there"), permanent: true)
            case "/there": .gemtext("# There\n")
            case "/me" where request.clientCertificate == nil: .failure(.certificateRequired)
            case "/me": .text(request.clientCertificate?.commonName ?? "nobody")
            default: .notFound
            }
        }
        let identity = try ClientIdentity.test("Ada")
        try await withServer(responder: responder) { server in
            let client = makeClient()
            let input = try #require(try await client.fetch(server.url("/input")).input)
            let greeting = try await client.page(at: input.answered(with: "a + ü\r\nb"))
            #expect(try greeting.text == "a + ü\nb")
            let moved = try await client.page(at: server.url("/moved"))
            #expect(moved.exchange.permanentURL.path == "/there")
            #expect(try await client.fetch(server.url("/none")).failure?.status == .notFound)
            #expect(try await client.fetch(server.url("/me")).certificate?.reason == .required)
            let known = makeClient(identities: TestIdentities([(try server.url("/me").description, identity)]))
            let me = try await known.page(at: server.url("/me"))
            #expect(try me.text == "Ada")
            #expect(await server.becomesIdle())
        }
    }

    @Test("A hundred pages at the same time, and no connection stays")
    func many() async throws {
        try await withServer { server in
            let client = makeClient()
            let url = try server.url()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 { group.addTask { _ = try await client.page(at: url) } }
                try await group.waitForAll()
            }
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-122: 64 MiB to a reader that takes its time")
    func bulk() async throws {
        let size = 64 << 20
        let responder: any Responder = .closure { _ in
            .success(.octetStream, .bytes(ByteBuffer(repeating: 7, count: size)))
        }
        try await withServer(responder: responder) { server in
            let stream = try await makeClient().stream(server.url()).get()
            var count = 0
            for try await piece in stream.body { count += piece.readableBytes }
            #expect(count == size)
            #expect(stream.body.isTruncated == false)
        }
    }
}
