import Canaveral
import GeminiProtocol
import NIOConcurrencyHelpers
import TestSupport
import Testing

@Suite("Composing")
struct CompositionTests {
    private let ada: Visitor
    private let sent = NIOLockedValueBox<[String]>([])

    init() throws {
        let sent = self.sent
        let router = try TestSurroundings().router { routes in
            routes.conversation("/postcard/{to}") { (talk, to: String) in
                var words = Composition()
                words.maximumLines = 4
                words.maximumBytes = 40
                guard let text = try await talk.compose("To \(to)", words) else { return .text("Discarded") }
                guard try await talk.confirm("Send?") else { return .text("Kept") }
                try await talk.once("send") { sent.withLockedValue { $0.append(text) } }
                return .text("Sent")
            }
        }
        self.ada = try Visitor(router, with: TestIdentity())
    }

    /// The links of a page, as change and revision.
    private func links(_ answer: Visitor.Answer) -> [String] {
        answer.body.split(separator: "\n").filter { $0.hasPrefix("=> ") }
            .map { $0.split(separator: " ")[1].split(separator: "/").dropFirst(3).joined(separator: "/") }
    }

    @Test("A text is composed line by line, in which nothing is markup")
    func lines() async throws {
        let page = try await self.ada.follow("/postcard/bob")
        #expect(page.path == "/postcard/bob/1" && page.answer.body.hasPrefix("# To bob\n"))
        #expect(self.links(page.answer) == ["add/0", "discard/0"])
        #expect("\(try await self.ada.get("/postcard/bob/1/add/0"))" == "10 The next line:")
        #expect("\(try await self.ada.get("/postcard/bob/1/add/0", "=> /evil"))" == "30 /postcard/bob/1")
        _ = try await self.ada.get("/postcard/bob/1/add/1", "two\r\nthree")
        let draft = try await self.ada.get("/postcard/bob/1")
        #expect(draft.body.contains("\n> => /evil\n> two\n> three\n"))
        #expect(self.links(draft) == ["add/2", "remove/2", "done/2", "discard/2"])
        _ = try await self.ada.get("/postcard/bob/1/remove/2")
        #expect(try await !self.ada.get("/postcard/bob/1").body.contains("three"))
        #expect("\(try await self.ada.follow("/postcard/bob/1/done/3").answer)" == "10 Send? (yes/no)")
        #expect("\(try await self.ada.follow("/postcard/bob/2", "yes").answer)" == "20 Sent")
        _ = try await self.ada.follow("/postcard/bob/1/done/3")
        #expect(self.sent.withLockedValue { $0 } == ["=> /evil\ntwo"])
    }

    @Test("What comes twice or late is done once, and no line is lost by going back")
    func repetition() async throws {
        _ = try await self.ada.follow("/postcard/bob")
        for _ in 0..<3 { #expect("\(try await self.ada.get("/postcard/bob/1/add/0", "one"))" == "30 /postcard/bob/1") }
        _ = try await self.ada.get("/postcard/bob/1/add/1", "two")
        _ = try await self.ada.get("/postcard/bob/1/add/0", "late")
        for change in ["remove", "done", "discard"] {
            #expect("\(try await self.ada.get("/postcard/bob/1/\(change)/1"))" == "30 /postcard/bob/1")
        }
        #expect(try await self.ada.get("/postcard/bob/1").body.contains("> one\n> two\n> late\n"))
        for _ in 0..<2 { _ = try await self.ada.get("/postcard/bob/1/remove/3") }
        #expect(try await self.ada.get("/postcard/bob/1").body.contains("> one\n> two\n\n"))
    }

    @Test("It is bounded, and says so")
    func bounds() async throws {
        _ = try await self.ada.follow("/postcard/bob")
        let tooLong = try await self.ada.get("/postcard/bob/1/add/0", String(repeating: "x", count: 41))
        #expect(tooLong.status == 20 && tooLong.body.contains("There is no room for more."))
        _ = try await self.ada.get("/postcard/bob/1/add/0", "1\n2\n3\n4")
        let full = try await self.ada.get("/postcard/bob/1")
        #expect(self.links(full) == ["remove/1", "done/1", "discard/1"])
        #expect(full.body.contains("There is no room for more."))
        #expect(try await self.ada.get("/postcard/bob/1/add/1", "5").body.contains("There is no room for more."))
    }

    @Test("It can be discarded, and taken up again by going back")
    func goingBack() async throws {
        _ = try await self.ada.follow("/postcard/bob")
        #expect(
            "\(try await self.ada.get("/postcard/bob/1/done/0"))" == "30 /postcard/bob/1",
            "there is nothing to send"
        )
        _ = try await self.ada.get("/postcard/bob/1/add/0", "one")
        _ = try await self.ada.get("/postcard/bob/1/done/1")
        #expect("\(try await self.ada.get("/postcard/bob/2/add/0", "x"))" == "30 /postcard/bob/2", "no draft is there")
        #expect(try await self.ada.get("/postcard/bob/1").body.contains("> one\n"))
        _ = try await self.ada.get("/postcard/bob/1/add/0", "two")
        #expect(
            "\(try await self.ada.get("/postcard/bob/2"))" == "10 Send? (yes/no)",
            "the first text is still to be sent"
        )
        _ = try await self.ada.get("/postcard/bob/1/done/1")
        _ = try await self.ada.follow("/postcard/bob/2", "yes")
        #expect(self.sent.withLockedValue { $0 } == ["one\ntwo"])

        _ = try await self.ada.follow("/postcard/eve")
        _ = try await self.ada.get("/postcard/eve/1/add/0", "one")
        #expect("\(try await self.ada.follow("/postcard/eve/1/discard/1").answer)" == "20 Discarded")
    }

    @Test("Without a certificate the token keeps the draft")
    func byToken() async throws {
        var visitor = self.ada
        visitor.certificate = nil
        let (path, page) = try await visitor.follow("/postcard/bob")
        let start = path.dropFirst("/postcard/bob/".count)
        #expect(start.count == 28 && page.body.contains("=> \(path)/add/0 Add a line"))
        #expect(try await visitor.follow("\(path)/add/0", "one").answer.body.contains("> one\n"))
        #expect("\(try await visitor.follow("\(path)/done/1").answer)" == "10 Send? (yes/no)")
        #expect("\(try await visitor.follow(path.dropLast() + "2", "y").answer)" == "20 Sent")
        #expect(self.sent.withLockedValue { $0 } == ["one"])
    }
}
