import Canaveral
import CanaveralTesting
import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@Suite("Upload routes", .timeLimit(.minutes(10)))
struct UploadRouteTests {
    /// What reached the handlers.
    private let arrived = NIOLockedValueBox<[String]>([])
    private let capsule: Capsule

    init() throws {
        let arrived = self.arrived
        var options = CapsuleOptions()
        options.logger = Logger(label: "uploads") { _ in SwiftLogNoOpLogHandler() }
        options.limits.uploadSize = 1_000
        self.capsule = try Capsule(options: options) { routes in
            @Sendable func store(_ context: BasicContext, _ upload: Upload, _ name: String) async throws -> Response {
                let text = try await upload.text()
                arrived.withLockedValue { $0.append("\(name): \(text)") }
                return .redirect(to: context.geminiURL)
            }
            routes.page("/read only") { _ in .text("read") }
            routes.page("/open/{name}") { (_, name: String) in .text("page of \(name)") }
            routes.upload("/open/{name}", store)
            routes.upload("/text/{name}", accepting: .text(upTo: 100), store)
            routes.upload("/large/{name}", accepting: UploadRules(maximumSize: 5_000), store)
            routes.upload("/any/{name}", accepting: UploadRules(mediaTypes: ["*/*"]), store)
            routes.upload("/gemtext/{name}", accepting: UploadRules(mediaTypes: ["Text/Gemini; lang=en"]), store)
            routes.upload("/secret/{name}", accepting: .text(token: "a;b ü"), store)
            routes.upload("/unset/{name}", accepting: .text(token: ""), store)
            routes.upload("/members/{name}", accepting: .text(token: "t", requiresCertificate: true), store)
            routes.edit("/members/{name}", requiresCertificate: true) { (_, name: String) in
                .success(.gemtext, .bytes(ByteBuffer(string: "raw \(name)")))
            }
            routes.delete("/members/{name}", accepting: .text(token: "t", requiresCertificate: true)) {
                (_, name: String) in
                arrived.withLockedValue { $0.append("\(name) deleted") }
                return .text("gone")
            }
            routes.upload("/choosy/{name}") { (context, upload, name: String) in
                upload.parameters.size == 3
                    ? .failure(.permanentFailure, "Not three.")
                    : .redirect(to: context.geminiURL(of: try URIReference("/a/b?c")))
            }
        }
    }

    @Test("TI-18: an upload is answered with a redirect to the page over Gemini", arguments: Transport.allCases)
    func redirect(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client async throws in
            let page = try await client.upload("# Hi", to: "/open/a%2Fb?x")
            #expect(page.header.description == "30 gemini://localhost/open/a%2Fb")
            #expect(try await client.follow(page).text == "page of a/b")
        }
        #expect(self.arrived.withLockedValue { $0 } == ["a/b: # Hi"])
    }

    @Test("TI-18: a reference leads to Gemini, wherever it points", arguments: Transport.allCases)
    func reference(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client async throws in
            #expect(
                try await client.upload("four", to: "/choosy/x").header.description == "30 gemini://localhost/a/b?c"
            )
        }
    }

    @Test("TI-25: an explicit port 1965 is the same address")
    func explicitPort() async throws {
        try await self.capsule.test { client async throws in
            let page = try await client.send(Array("titan://localhost:1965/open/x;size=2;mime=text/plain\r\nok".utf8))
            #expect(page.header.description == "30 gemini://localhost/open/x")
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let row: String
        let line: String
        let answer: String

        var testDescription: String { "\(self.row): \(self.line)" }
    }

    static let tooLarge = "59 The upload is larger than the"
    static let wrongToken = "59 This needs a token"
    static let refusals = [
        Refusal(row: "TI-12", line: "/open/x;size=1000000000", answer: "\(tooLarge) 1000 bytes"),
        Refusal(row: "TI-16", line: "/text/x;size=101", answer: "\(tooLarge) 100 bytes"),
        Refusal(row: "TI-16", line: "/large/x;size=5001", answer: "\(tooLarge) 5000 bytes"),
        Refusal(row: "TI-17", line: "/text/x;size=9;mime=image/png", answer: "59 image/png is not taken here"),
        Refusal(row: "TI-17", line: "/text/x;size=9;mime=textual/plain", answer: "59 textual/plain is not taken here"),
        Refusal(row: "TI-17", line: "/gemtext/x;size=9;mime=text/plain", answer: "59 text/plain is not taken here"),
        Refusal(row: "TI-23", line: "/secret/x;size=9", answer: wrongToken),
        Refusal(row: "TI-23", line: "/secret/x;size=9;token=a%3Bb", answer: wrongToken),
        Refusal(row: "TI-23", line: "/secret/x;size=9;token=a%3Bb%20%C3%BC%00", answer: wrongToken),
        Refusal(row: "TI-23", line: "/unset/x;size=9", answer: wrongToken),
        Refusal(row: "TI-23", line: "/unset/x;size=9;token=", answer: wrongToken),
        Refusal(row: "TI-23", line: "/members/x;size=9;token=t", answer: "60 "),
        Refusal(row: "TI-23: first the visitor", line: "/members/x;size=999999;mime=image/png;token=u", answer: "60 "),
        Refusal(row: "token before size", line: "/secret/x;size=999999;mime=image/png;token=u", answer: wrongToken),
        Refusal(row: "size before type", line: "/text/x;size=999999;mime=image/png", answer: tooLarge),
        Refusal(row: "TI-19", line: "/open/x;size=0", answer: "50 This page cannot be deleted"),
        Refusal(row: "TI-19", line: "/read%20only;size=0", answer: "50 This page cannot be deleted"),
        Refusal(row: "TI-19", line: "/nowhere;size=0", answer: "51 "),
        Refusal(row: "page without a route", line: "/read%20only;size=5", answer: "50 This page takes no uploads"),
        Refusal(row: "unknown path", line: "/nowhere;size=5", answer: "51 "),
        Refusal(row: "TI-30", line: "/open/x;edit", answer: "50 This page cannot be edited"),
        Refusal(row: "TI-30", line: "/nowhere;edit", answer: "51 "),
        Refusal(row: "TI-33", line: "/members/x;edit;size=0", answer: "59 "),
        Refusal(row: "TI-34", line: "/members/x;edit", answer: "60 "),
        Refusal(row: "TI-36", line: "/open/x", answer: "59 "),
        Refusal(row: "the handler's own", line: "/choosy/x;size=3", answer: "50 Not three."),
    ]

    @Test("TI-12: a refusal comes before a byte of the body", arguments: Transport.allCases, Self.refusals)
    func refusal(_ transport: Transport, _ refusal: Refusal) async throws {
        try await self.capsule.test(transport) { client async throws in
            let page = try await client.send("titan://localhost\(refusal.line)")
            #expect(page.header.description.hasPrefix(refusal.answer), "\(page.header)")
        }
        #expect(self.arrived.withLockedValue { $0.isEmpty })
    }

    static let taken = [
        "/text/x;size=2;mime=TEXT/Plain",
        "/text/x;mime=text/gemini; charset=utf-8;size=2",
        "/any/x;size=2;mime=image/png",
        "/gemtext/x;size=2",
        "/secret/x;size=2;token=a%3Bb%20%C3%BC",
    ]

    @Test("TI-17, TI-23: what the rules let in", arguments: Transport.allCases, Self.taken)
    func accepted(_ transport: Transport, _ line: String) async throws {
        try await self.capsule.test(transport) { client async throws in
            let page = try await client.send(Array("titan://localhost\(line)\r\nok".utf8))
            #expect(page.is(.temporaryRedirect), "\(page.header)")
        }
        #expect(self.arrived.withLockedValue { $0 } == ["x: ok"])
    }

    @Test("TI-16: a route's limit may be above the capsule's", arguments: Transport.allCases)
    func largerLimit(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client async throws in
            let page = try await client.upload(String(repeating: "x", count: 5_000), to: "/large/x")
            #expect(page.is(.temporaryRedirect), "\(page.header)")
        }
    }

    @Test("TI-17: what is not UTF-8 is no text", arguments: Transport.allCases)
    func notUTF8(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client async throws in
            let page = try await client.upload([0x61, 0xC3], to: "/text/x")
            #expect(page.header.description == "59 The text is not UTF-8.")
        }
        #expect(self.arrived.withLockedValue { $0.isEmpty })
    }

    @Test("TI-23: with certificate and token, and no sooner", arguments: Transport.allCases)
    func certificates(_ transport: Transport) async throws {
        let alice = try VisitorIdentity(commonName: "alice")
        let late = try VisitorIdentity.expired()
        try await self.capsule.test(transport) { client async throws in
            #expect(try await client.as(late).upload("x", to: "/members/x", token: "t").is(.certificateNotValid))
            #expect(try await client.as(late).delete("/members/x", token: "t").is(.certificateNotValid))
            #expect(try await client.as(late).edit("/members/x").is(.certificateNotValid))
            #expect(try await client.as(alice).upload("x", to: "/members/x", token: "u").is(.badRequest))
            #expect(try await client.as(alice).delete("/members/x").is(.badRequest))
            #expect(self.arrived.withLockedValue { $0.isEmpty })
            #expect(try await client.as(alice).upload("x", to: "/members/x", token: "t").is(.temporaryRedirect))
            #expect(try await client.as(alice).delete("/members/x", token: "t").text == "gone")
        }
        #expect(self.arrived.withLockedValue { $0 } == ["x: x", "x deleted"])
    }

    @Test("TI-30, TI-31, TI-35: edit answers with the raw text and a bare type", arguments: Transport.allCases)
    func edit(_ transport: Transport) async throws {
        let alice = try VisitorIdentity(commonName: "alice")
        try await self.capsule.test(transport) { client async throws in
            let page = try await client.as(alice).edit("/members/x")
            #expect(page.header.description == "20 text/gemini")
            #expect(page.text == "raw x")
        }
    }

    @Test("TI-33: bytes behind a request to edit")
    func editWithBody() async throws {
        let alice = try VisitorIdentity(commonName: "alice")
        try await self.capsule.test(.loopback) { client async throws in
            let page = try await client.as(alice).send(Array("titan://localhost/members/x;edit\r\nx".utf8))
            #expect(page.is(.badRequest), "\(page.header)")
        }
    }

    @Test("An upload made without a server is held against the same rules")
    func withoutServer() async throws {
        let router = try Router { routes in
            routes.upload("/{name}", accepting: .text(upTo: 4)) { (_, upload, name: String) in
                .text(try await upload.text())
            }
        }
        func answer(_ pieces: [String], size: Int) async throws -> String {
            var request = Request(line: try RequestLine(parsing: Array("titan://localhost/x;size=\(size)".utf8).span))
            request.upload = Upload(
                parameters: try TitanParameters(size: size),
                chunks: AsyncStream { continuation in
                    for piece in pieces { continuation.yield(ByteBuffer(string: piece)) }
                    continuation.finish()
                }
            )
            return try await router.respond(to: request).header.description
        }
        #expect(try await answer(["ab", "cd"], size: 4) == "20 text/plain")
        #expect(try await answer(["ab"], size: 4).hasPrefix("59 The upload ended before"))
        #expect(try await answer(["abcd", "e"], size: 4).hasPrefix("59 The upload has more bytes"))
        #expect(try await answer([], size: 5).hasPrefix("59 The upload is larger than the 4 bytes"))
    }
}
