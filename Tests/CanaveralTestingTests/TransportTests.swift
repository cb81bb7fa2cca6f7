import CanaveralTesting
import GeminiProtocol
import TestSupport
import Testing

@Suite("A sample application by every transport", .timeLimit(.minutes(10)))
struct TransportTests {
    private let sample: SampleCapsule
    private var capsule: Capsule { self.sample.capsule }

    init() throws {
        self.sample = try SampleCapsule()
    }

    @Test("A page has status, meta, bytes, text, lines and links", arguments: Transport.allCases)
    func page(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client in
            let page = try await client.get("/")
            #expect(page.status == .success)
            #expect(page.is(.success))
            #expect(page.meta == "text/gemini")
            #expect(page.mediaType == .gemtext)
            #expect(page.text == "# Front\n=> /users/alice Alice\n=> far/away\nplain\n")
            #expect(page.bytes == Array(page.text.utf8))
            #expect(page.lines.first == .heading(level: 1, text: "Front"))
            #expect(page.lines.count == 4)
            #expect(page.links.map(\.label) == ["Alice", nil])
            #expect(
                page.links.map { $0.url?.description } == [
                    "gemini://localhost/users/alice", "gemini://localhost/far/away",
                ]
            )
            #expect(!page.isTruncated)
            #expect(page.redirect == nil)
            let alice = try await client.open(link: "Alice", of: page)
            #expect(alice.text == "# alice\n")
            await #expect(throws: TestError.self) { try await client.open(link: "Bob", of: page) }
            #expect(try await client.get("/at-once").text == "at once")
            #expect(try await client.get("/nowhere").is(.notFound))
        }
    }

    @Test("GP-102: questions are answered, percent-encoded", arguments: Transport.allCases)
    func input(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client in
            let question = try await client.get("/ask")
            #expect(question.is(.input))
            #expect(question.meta == "Your name?")
            #expect(try await client.answer(question, with: "Zoë & Co+? 100%").text == "Hello, Zoë & Co+? 100%")
            #expect(try await client.get("/ask", input: "").text == "Hello, ")
            #expect(try await client.get("/users/zoë lee").text == "# zoë lee\n")
            await #expect(throws: TestError.self) { try await client.answer(client.get("/"), with: "x") }
        }
    }

    @Test("GP-136: redirects are followed when asked for, up to a limit", arguments: Transport.allCases)
    func redirects(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client in
            let first = try await client.get("/old")
            #expect(first.is(.temporaryRedirect))
            #expect(first.redirect?.path == "/older")
            let second = try await client.follow(first)
            #expect(second.is(.permanentRedirect))
            let end = try await client.follow(second)
            #expect(end.text == "# alice\n")
            #expect(end.redirects.map(\.path) == ["/old", "/older"])
            let followed = try await client.followingRedirects().get("/old")
            #expect(followed.text == "# alice\n")
            #expect(followed.redirects.map(\.path) == ["/old", "/older"])
            await #expect(throws: TestError.self) { try await client.followingRedirects(upTo: 1).get("/old") }
            await #expect(throws: TestError.self) { try await client.followingRedirects().get("/round") }
            await #expect(throws: TestError.self) { try await client.follow(end) }
        }
    }

    @Test("GP-055: hosts are judged as the server judges them", arguments: Transport.allCases)
    func hosts(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client in
            #expect(try await client.get("gemini://other.example/").text == "# Another host\n")
            #expect(try await client.get("gemini://alias.example/users/bob").text == "# bob\n")
            let foreign = try await client.get("gemini://foreign.example/")
            #expect(foreign.is(.proxyRequestRefused))
            #expect(foreign.meta == "foreign.example is not served here")
            #expect(try await client.get("https://localhost/").is(.proxyRequestRefused))
            #expect(try await client.get("gemini://localhost:7000/").meta == "Port 7000 is not served here")
            #expect(try await client.upload("x", to: "gemini://other.example/").is(.proxyRequestRefused))
        }
    }

    @Test(
        "GP-051: bad request lines are answered with 59",
        arguments: Transport.allCases,
        [
            "hello", "", "gemini://user@localhost/", "gemini://localhost/\u{7}",
            "gemini://localhost/" + String(repeating: "a", count: 1100),
        ]
    )
    func badRequests(_ transport: Transport, _ line: String) async throws {
        try await self.capsule.test(transport) { client in
            let page = try await client.send(line)
            #expect(page.is(.badRequest))
            #expect(!page.meta.isEmpty)
        }
    }

    @Test("GP-095: errors become responses", arguments: Transport.allCases)
    func errors(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client in
            #expect(try await client.get("/fails").is(.temporaryFailure))
            let refused = try await client.get("/refuses")
            #expect(refused.is(.certificateNotAuthorized))
            #expect(refused.meta == "Not you.")
            let broken = try await client.get("/breaks")
            #expect(broken.isTruncated)
            #expect(broken.text == "half of it")
        }
    }

    @Test("Identities are shown, and keep their key when they are renewed", arguments: Transport.allCases)
    func identities(_ transport: Transport) async throws {
        let alice = try VisitorIdentity(commonName: "alice")
        let renewed = try alice.renewed()
        #expect(renewed.fingerprint != alice.fingerprint)
        #expect(renewed.publicKeyFingerprint == alice.publicKeyFingerprint)
        try await self.capsule.test(transport) { client in
            #expect(try await client.get("/whoami").is(.certificateRequired))
            #expect(try await client.as(alice).get("/whoami").text == "alice \(alice.fingerprint)")
            #expect(try await client.as(renewed).get("/whoami").text == "alice \(renewed.fingerprint)")
            let expired = try VisitorIdentity.expired(commonName: "late")
            #expect(try await client.as(expired).get("/whoami").contains("late"))
            let early = try VisitorIdentity.notYetValid(commonName: "early")
            #expect(try await client.as(early).get("/whoami").contains("early"))
            #expect(try await client.as(alice).as(nil).get("/whoami").is(.certificateRequired))
        }
    }

    @Test("TI-12: pages are uploaded, edited and deleted", arguments: Transport.allCases)
    func uploads(_ transport: Transport) async throws {
        let sample = self.sample
        try await self.capsule.test(transport) { client async throws in
            #expect(try await client.upload("Grüße", to: "/page", token: "secret").text == "kept 7")
            #expect(try await client.upload([1, 2], to: "/page", mediaType: "image/png").text == "kept 2")
            #expect(try await client.delete("/page").text == "kept 0")
            #expect(try await client.edit("/page").text == "the editable form")
            #expect(try await client.upload("x", to: "/page", token: "wrong").meta == "Wrong token.")
            #expect(try await client.upload("xyz", to: "/page", size: 2).is(.badRequest))
            let long = String(repeating: "x", count: 90_000)
            #expect(try await client.upload(long, to: "/page").text == "kept 90000")
            let tooLong = String(repeating: "x", count: 100_001)
            #expect(try await client.upload(tooLong, to: "/page").is(.badRequest))
            #expect(await sample.reading.uploads.first == "text/gemini secret Grüße")
        }
    }

    @Test("A stream is read as it comes, and its responder stops when the reader leaves", arguments: Transport.allCases)
    func streams(_ transport: Transport) async throws {
        let sample = self.sample
        try await self.capsule.test(transport) { client in
            let lines = try await client.stream("/endless") { page in
                #expect(page.status == .success)
                var lines: [GemtextLine] = []
                for try await line in page.lines {
                    lines.append(line)
                    if lines.count == 10_000 { break }
                }
                return lines
            }
            #expect(lines.last == .text("line 9999"))
            #expect(await eventually { await sample.reading.hasEnded })
            let texts = try await client.stream("/endless") { page in
                var texts: [String] = []
                for try await text in page.textLines {
                    texts.append(text)
                    if texts.count == 3 { break }
                }
                return texts
            }
            #expect(texts == ["line 0", "line 1", "line 2"])
        }
    }

    @Test("A client from another address is seen to come from there", arguments: Transport.allCases)
    func origins(_ transport: Transport) async throws {
        try await self.capsule.test(transport) { client async throws in
            #expect(try await client.get("/from").text == "127.0.0.1")
            #if os(Linux)
            #expect(try await client.from("127.0.0.7").get("/from").text == "127.0.0.7")
            #endif
        }
    }
}
