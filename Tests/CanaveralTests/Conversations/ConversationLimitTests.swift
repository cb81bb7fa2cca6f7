import Canaveral
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import StoreConformance
import TestSupport
import Testing

@Suite("Limits of conversations")
struct ConversationLimitTests {
    private let surroundings = TestSurroundings()

    private func visitor(
        options: ConversationOptions = ConversationOptions(),
        with identity: TestIdentity? = nil,
        _ handler: @escaping @Sendable (Conversation<BasicContext>) async throws -> Response
    ) throws -> Visitor {
        try Visitor(self.surroundings.router { $0.conversation("/talk", options: options, handler) }, with: identity)
    }

    @Test("A conversation has so many answers, and so many bytes")
    func size() async throws {
        var options = ConversationOptions()
        options.maximumAnswers = 3
        options.maximumBytes = 1000
        let ada = try self.visitor(options: options, with: TestIdentity()) { talk in
            while true { _ = try await talk.ask("More?") }
        }
        _ = try await ada.get("/talk")
        #expect(
            "\(try await ada.get("/talk/1", String(repeating: "x", count: 980)))"
                == "50 This has become too long to be kept."
        )
        for step in 1...3 { #expect("\(try await ada.get("/talk/\(step)", "x"))" == "30 /talk/\(step + 1)") }
        #expect("\(try await ada.get("/talk/4", "x"))" == "50 This has become too long to be kept.")
        #expect("\(try await ada.get("/talk/2", "y"))" == "30 /talk/3", "going back still works")
    }

    @Test("A result that is too large is an error, and a page that is too large is made anew")
    func largeResults() async throws {
        var options = ConversationOptions()
        options.maximumBytes = 1000
        let runs = NIOLockedValueBox(0)
        let ada = try self.visitor(options: options, with: TestIdentity()) { talk in
            let size = try await talk.ask("Size?", as: Int.self)
            if size > 5000 { _ = try await talk.once("deed") { String(repeating: "x", count: size) } }
            runs.withLockedValue { $0 += 1 }
            return .text(String(repeating: "p", count: size))
        }
        _ = try await ada.get("/talk")
        _ = try await ada.get("/talk/1", "5000")
        for _ in 0..<2 { #expect(try await ada.get("/talk/2").body.count == 5000) }
        #expect(runs.withLockedValue { $0 } == 2)
        _ = try await ada.get("/talk/1", "10")
        for _ in 0..<2 { #expect(try await ada.get("/talk/2").body.count == 10) }
        #expect(runs.withLockedValue { $0 } == 3)
        _ = try await ada.get("/talk/1", "6000")
        await #expect(throws: ConversationError.tooLarge(limit: 1000)) { try await ada.get("/talk/2") }
    }

    @Test("So many are under way at once, and who comes after is asked to come later (41)")
    func number() async throws {
        var options = ConversationOptions()
        options.maximumCount = 3
        let router = try self.surroundings.router { routes in
            routes.conversation("/talk", options: options) { talk in .text(try await talk.ask("Name?")) }
            routes.conversation("/other", options: options) { talk in .text(try await talk.ask("Name?")) }
        }
        var visitors = try (0..<4).map { _ in try Visitor(router, with: TestIdentity()) }
        for visitor in visitors.prefix(3) { #expect("\(try await visitor.get("/talk"))" == "30 /talk/1") }
        visitors[0].certificate = nil
        let token = try await visitors[0].follow("/talk")
        #expect("\(token.answer)" == "10 Name?")
        for _ in 0..<2 {
            #expect(try await visitors[3].get("/talk").status == 41)
            #expect(try await visitors[0].get(token.path, "Ada").status == 41)
        }
        #expect("\(try await visitors[3].get("/other"))" == "30 /other/1")
        #expect("\(try await visitors[1].follow("/talk/1", "Ada").answer)" == "20 Ada", "those under way go on")
        self.surroundings.clock.advance(by: .seconds(3600))
        #expect("\(try await visitors[3].get("/talk"))" == "30 /talk/1")
    }

    @Test("A store that is full refuses new conversations with 41")
    func fullStore() async throws {
        let surroundings = TestSurroundings(store: MemoryStore(limits: .init(entries: 0)))
        let router = try surroundings.router { $0.conversation("/talk") { talk in .text(try await talk.ask("Name?")) } }
        #expect(try await Visitor(router, with: TestIdentity()).get("/talk").status == 41)
    }

    @Test("Tabs that answer at the same time do no harm")
    func manyAtOnce() async throws {
        let ada = try self.visitor(with: TestIdentity()) { talk in
            let first = try await talk.ask("First?")
            let second = try await talk.ask("Second?")
            return .text("\(first) \(second)")
        }
        _ = try await ada.get("/talk")
        try await withThrowingTaskGroup { group in
            for number in 0..<30 { group.addTask { try await ada.get("/talk/1", "\(number)") } }
            for try await answer in group { #expect("\(answer)" == "30 /talk/2") }
        }
        #expect("\(try await ada.get("/talk"))" == "30 /talk/2")
        let end = try await ada.follow("/talk/2", "x")
        let first = end.answer.body.split(separator: " ").first.flatMap { Int($0) }
        #expect((0..<30).contains(first ?? -1) && end.answer.body.hasSuffix(" x"))
    }

    @Test("A handler that swallows errors cannot go past a question")
    func swallowedErrors() async throws {
        let ada = try self.visitor(with: TestIdentity()) { talk in
            let name = (try? await talk.ask("Name?")) ?? "nobody"
            let age = (try? await talk.ask("Age?", as: Int.self)) ?? 0
            _ = try? await talk.once("deed") { Issue.record("This is behind a question.") }
            return .text("\(name) \(age)")
        }
        _ = try await ada.get("/talk")
        #expect("\(try await ada.get("/talk/1"))" == "10 Name?")
        #expect("\(try await ada.get("/talk/1", "Ada"))" == "30 /talk/2")
        #expect("\(try await ada.get("/talk/2", "x"))" == "10 That is no number. Age?")
    }

    @Test("A temporary failure is no last page, and a stream is made anew")
    func ends() async throws {
        let runs = NIOLockedValueBox(0)
        let ada = try self.visitor(with: TestIdentity()) { talk in
            let word = try await talk.ask("Word?", sensitive: true)
            let run = runs.withLockedValue {
                $0 += 1
                return $0
            }
            if run == 1 { return .failure(.temporaryFailure, "Not now") }
            return .success(.plainText, .stream { writer in try await writer.write(word) })
        }
        _ = try await ada.get("/talk")
        #expect("\(try await ada.follow("/talk/1", "x").answer)" == "40 Not now")
        for _ in 0..<2 { #expect(try await ada.get("/talk/2").status == 20) }
        #expect(runs.withLockedValue { $0 } == 3)
        #expect("\(try await ada.get("/talk"))" == "30 /talk/1", "it was the last page")
    }

    @Test("When the application was changed, answers that fit no more are asked for again")
    func changedApplication() async throws {
        let identity = try TestIdentity()
        let before = try self.visitor(with: identity) { talk in
            _ = try await talk.ask("Name?")
            _ = try await talk.ask("Town?")
            return .text(try await talk.ask("Pet?"))
        }
        _ = try await before.get("/talk")
        _ = try await before.get("/talk/1", "Ada")
        _ = try await before.get("/talk/2", "London")
        let after = try self.visitor(with: identity) { talk in
            let name = try await talk.ask("Name?")
            return .text("\(name) \(try await talk.ask("Age?", as: Int.self))")
        }
        #expect("\(try await after.get("/talk/3"))" == "30 /talk/2")
        #expect("\(try await after.get("/talk/2"))" == "10 Age?")
        #expect("\(try await after.follow("/talk/2", "36").answer)" == "20 Ada 36")
    }

    @Test("A group's context reaches the conversation")
    func contexts() async throws {
        let router = try self.surroundings.router { routes in
            routes.group("/club", context: MemberContext.self) { club in
                club.conversation("/") { talk in
                    .text("\(talk.context.member) says \(try await talk.ask("What?"))")
                }
            }
        }
        let ada = try Visitor(router, with: TestIdentity(commonName: "Ada"))
        #expect("\(try await ada.follow("/club/").answer)" == "10 What?")
        #expect("\(try await ada.follow("/club/1", "hi").answer)" == "20 Ada says hi")
        #expect(try await Visitor(router).get("/club/").status == 60)
    }
}

private struct MemberContext: ChildContext {
    var core: CoreContext
    let member: String

    private struct Refusal: ResponseError {
        var response: Response { .failure(.certificateRequired) }
    }

    init(_ parent: BasicContext) throws {
        guard let name = parent.clientCertificate?.commonName else { throw Refusal() }
        self.core = parent.core
        self.member = name
    }
}
