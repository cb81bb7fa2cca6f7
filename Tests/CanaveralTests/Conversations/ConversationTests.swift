import Canaveral
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import StoreConformance
import TestSupport
import Testing

@Suite("Conversations")
struct ConversationTests {
    private enum Colour: String, CaseIterable { case red, blue }

    /// What was done, in order.
    private let deeds = NIOLockedValueBox<[String]>([])
    private let surroundings = TestSurroundings()

    private func build(_ routes: Routes<BasicContext>) {
        let deeds = self.deeds
        routes.conversation("/join") { talk in
            let name = try await talk.ask("Name?") { text in
                deeds.withLockedValue { $0.append("read \(text)") }
                guard text != "root" else { throw Invalid("That is taken.") }
                return text
            }
            let colour = try await talk.ask("Colour?", of: Colour.self)
            guard try await talk.confirm("Sure?") else { return .text("Not \(name)") }
            let number = try await talk.once("register") {
                deeds.withLockedValue { list in
                    list.append("register \(name)")
                    return list.count
                }
            }
            return .text("Welcome \(name) in \(colour), \(number > 0)")
        }
        routes.page("/join/help") { _ in .text("help") }
        routes.conversation("/buy/{item}") { (talk, item: String) in
            let count = try await talk.ask("How many \(item)?", as: Int.self)
            return .text("\(count) \(item) at \(talk.context.path)")
        }
        routes.conversation("/login") { talk in
            let name = try await talk.ask("Name?")
            let word = try await talk.ask("Password?", sensitive: true)
            let pet = try await talk.ask("Pet?")
            return .text("\(name) \(word.count) \(pet)")
        }
    }

    @Test("An error that is an answer ends it, and the next begins anew; after a temporary one it goes on")
    func refusals() async throws {
        struct Refusal: ResponseError {
            let status: Status
            var response: Response { .failure(self.status, "No.") }
        }
        let router = try self.surroundings.router { routes in
            routes.conversation("/buy") { talk in
                let status = try await talk.ask("Status?", as: Int.self)
                try await talk.once("buy") { throw Refusal(status: Status(code: status) ?? .temporaryFailure) }
                return .text("bought")
            }
        }
        let ada = try Visitor(router, with: TestIdentity())
        #expect("\(try await ada.follow("/buy").answer)" == "10 Status?")
        #expect("\(try await ada.follow("/buy/1", "50").answer)" == "50 No.")
        #expect("\(try await ada.follow("/buy").answer)" == "10 Status?")
        #expect("\(try await ada.follow("/buy/1", "40").answer)" == "40 No.")
        #expect("\(try await ada.follow("/buy").answer)" == "40 No.")
    }

    private func visitor(with identity: TestIdentity? = nil) throws -> Visitor {
        try Visitor(self.surroundings.router(self.build), with: identity)
    }

    @Test("With a certificate every question has an address, and the last page can be loaded again")
    func byCertificate() async throws {
        let ada = try self.visitor(with: TestIdentity())
        #expect("\(try await ada.get("/join"))" == "30 /join/1")
        #expect("\(try await ada.get("/join/1"))" == "10 Name?")
        #expect("\(try await ada.get("/join/1", "root"))" == "10 That is taken. Name?")
        #expect("\(try await ada.get("/join/1", ""))" == "10 Name?")
        #expect("\(try await ada.get("/join/1", "Ada"))" == "30 /join/2")
        #expect("\(try await ada.get("/join"))" == "30 /join/2")
        #expect("\(try await ada.get("/join/2"))" == "10 Colour? (red, blue)")
        #expect("\(try await ada.get("/join/2", "green"))" == "10 Please type one of the words. Colour? (red, blue)")
        #expect("\(try await ada.get("/join/2", "blue"))" == "30 /join/3")
        #expect("\(try await ada.get("/join/3"))" == "10 Sure? (yes/no)")
        #expect("\(try await ada.get("/join/3", "yes"))" == "30 /join/4")
        for _ in 0..<3 {
            #expect("\(try await ada.get("/join/4"))" == "20 Welcome Ada in blue, true")
        }
        #expect(self.deeds.withLockedValue { $0 } == ["read root", "read Ada", "register Ada"])
        #expect("\(try await ada.get("/join/help"))" == "20 help")
        #expect("\(try await ada.get("/join/x"))" == "51 Not found")
        #expect("\(try await ada.get("/join/0"))" == "51 Not found")
        #expect("\(try await ada.get("/join/1/2"))" == "51 Not found")
        #expect("\(try await ada.get("/join/"))" == "30 /join/1", "begins anew after the last page")
        #expect("\(try await ada.get("/join/1"))" == "10 Name?")
    }

    @Test("Without a certificate a token in the address keeps the place, of which each visitor has one")
    func byToken() async throws {
        let visitor = try self.visitor()
        let (first, question) = try await visitor.follow("/join")
        let (other, _) = try await visitor.follow("/join")
        #expect("\(question)" == "10 Name?")
        #expect(first.split(separator: "/").map(\.count) == [4, 26, 1] && first.hasSuffix("/1") && first != other)

        let second = try await visitor.follow(first, "Ada")
        #expect(second.path == first.dropLast(1) + "2" && "\(second.answer)" == "10 Colour? (red, blue)")
        _ = try await visitor.follow(second.path, "red")
        #expect("\(try await visitor.follow(String(first.dropLast(2))).answer)" == "10 Sure? (yes/no)")
        let end = try await visitor.follow(first.dropLast(1) + "3", "yes")
        #expect("\(end.answer)" == "20 Welcome Ada in red, true")
        #expect("\(try await visitor.follow(other).answer)" == "10 Name?")
        #expect("\(try await visitor.get("/join/2"))" == "30 /join")
        let keys = try await self.surroundings.store.keys(in: "conversations")
        #expect(keys.count == 1, "what has no answer yet is not kept")
        #expect(!keys[0].id.contains(first.split(separator: "/")[1]))
    }

    @Test("To go back and answer anew takes the conversation back; the same answer again changes nothing")
    func goingBack() async throws {
        let ada = try self.visitor(with: TestIdentity())
        _ = try await ada.follow("/join")
        _ = try await ada.follow("/join/1", "Ada")
        _ = try await ada.follow("/join/2", "red")
        #expect("\(try await ada.get("/join/1"))" == "10 Name?", "it can be asked again")
        #expect("\(try await ada.get("/join/1", "root"))" == "10 That is taken. Name?")
        #expect("\(try await ada.get("/join/1", "Ada"))" == "30 /join/3")
        #expect("\(try await ada.get("/join/2", "RED"))" == "30 /join/3")
        #expect("\(try await ada.get("/join/9"))" == "30 /join/3", "stale")
        #expect("\(try await ada.get("/join/9", "x"))" == "30 /join/3", "stale")
        #expect("\(try await ada.get("/join/1", "Eve"))" == "30 /join/2")
        #expect("\(try await ada.get("/join/3", "yes"))" == "30 /join/2", "later answers are forgotten")
        _ = try await ada.follow("/join/2", "blue")
        #expect("\(try await ada.follow("/join/3", "no").answer)" == "20 Not Eve")
        #expect("\(try await ada.get("/join/4"))" == "20 Not Eve")
        #expect("\(try await ada.follow("/join/3", "yes").answer)" == "20 Welcome Eve in blue, true")
        for step in 1...3 {
            #expect("\(try await ada.get("/join/\(step)"))" == "30 /join/4", "what was done stays done")
            #expect("\(try await ada.get("/join/\(step)", "no"))" == "30 /join/4")
        }
        #expect(self.deeds.withLockedValue { $0.filter { $0.hasPrefix("register") } } == ["register Eve"])
    }

    @Test("Nobody answers a question that was not put, by a link from elsewhere")
    func forgedAnswers() async throws {
        let ada = try self.visitor(with: TestIdentity())
        #expect(try await ada.get("/join/1", "Mallory").body.contains("=> gemini://localhost/join Begin again"))
        #expect("\(try await ada.get("/join", "Mallory"))" == "30 /join/1")
        #expect("\(try await ada.get("/join/1"))" == "10 Name?")
    }

    @Test("It is forgotten an hour after the last answer, which is said, and begins anew")
    func timeout() async throws {
        let ada = try self.visitor(with: TestIdentity())
        let visitor = try self.visitor()
        _ = try await ada.follow("/join")
        let token = try await visitor.follow("/join").path
        for (name, minutes) in [("Ada", 50), ("Eve", 50)] {
            _ = try await ada.follow("/join/1", name)
            _ = try await visitor.follow(token, name)
            self.surroundings.clock.advance(by: .seconds(minutes * 60))
        }
        #expect("\(try await ada.get("/join"))" == "30 /join/2")
        self.surroundings.clock.advance(by: .seconds(600))
        for (visitor, path) in [(ada, "/join/2"), (visitor, token.dropLast(1) + "2")] {
            let answer = try await visitor.get(path, "red")
            #expect(answer.status == 20 && answer.body.contains("too long ago"))
            #expect(answer.body.contains("=> gemini://localhost/join Begin again"))
        }
        #expect("\(try await ada.follow("/join").answer)" == "10 Name?")
    }

    @Test("It survives a restart with its store")
    func restart() async throws {
        let identity = try TestIdentity()
        _ = try await self.visitor(with: identity).follow("/join")
        _ = try await self.visitor(with: identity).follow("/join/1", "Ada")
        #expect("\(try await self.visitor(with: identity).follow("/join/2", "red").answer)" == "10 Sure? (yes/no)")
        #expect(
            "\(try await self.visitor(with: identity).follow("/join/3", "yes").answer)" == "20 Welcome Ada in red, true"
        )
        #expect("\(try await self.visitor(with: identity).get("/join/4"))" == "20 Welcome Ada in red, true")
        let token = try await self.visitor().follow("/join").path
        #expect("\(try await self.visitor().follow(token, "Bob").answer)" == "10 Colour? (red, blue)")
    }

    @Test("The path's parameters reach the closure, and a visitor has a conversation for each")
    func parameters() async throws {
        let ada = try self.visitor(with: TestIdentity())
        #expect("\(try await ada.follow("/buy/red%20oats").answer)" == "10 How many red oats?")
        #expect("\(try await ada.follow("/buy/rye").answer)" == "10 How many rye?")
        #expect("\(try await ada.get("/buy/rye/1", "x"))" == "10 That is no number. How many rye?")
        #expect("\(try await ada.follow("/buy/rye/1", "3").answer)" == "20 3 rye at /buy/rye/2")
        #expect("\(try await ada.follow("/buy/red%20oats/1", "4").answer)" == "20 4 red oats at /buy/red%20oats/2")
    }

    @Test("A sensitive answer is gone once the last page was made")
    func sensitiveAnswers() async throws {
        let ada = try self.visitor(with: TestIdentity())
        _ = try await ada.follow("/login")
        #expect("\(try await ada.follow("/login/1", "Ada").answer)" == "11 Password?")
        _ = try await ada.follow("/login/2", "xyzzy-plugh")
        func kept() async throws -> String {
            let key = try #require(try await self.surroundings.store.keys(in: "conversations").first)
            return String(decoding: try #require(try await self.surroundings.store.read(key)).value, as: UTF8.self)
        }
        #expect(try await kept().contains("xyzzy-plugh"))
        #expect("\(try await ada.follow("/login/3", "cat").answer)" == "20 Ada 11 cat")
        #expect(try await !kept().contains("xyzzy-plugh"))
        #expect("\(try await ada.get("/login/4"))" == "20 Ada 11 cat")
        #expect("\(try await ada.get("/login/3"))" == "30 /login/4")
        #expect("\(try await ada.get("/login/2"))" == "11 Password?", "going back asks for it again")
        #expect("\(try await ada.follow("/login/2", "other").answer)" == "10 Pet?")
    }
}
