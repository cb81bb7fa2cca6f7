import Canaveral
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import StoreConformance
import TestSupport
import Testing

@Suite("Deeds of conversations")
struct DeedTests {
    private let surroundings = TestSurroundings()
    private let count = Tally()

    private struct Failure: Error {}

    private func visitor(
        options: ConversationOptions = ConversationOptions(),
        _ handler: @escaping @Sendable (Conversation<BasicContext>) async throws -> Response
    ) throws -> Visitor {
        let router = try self.surroundings.router { $0.conversation("/do", options: options, handler) }
        return try Visitor(router, with: TestIdentity())
    }

    @Test("What runs in one request makes others wait (44), and is done once")
    func concurrency() async throws {
        let gate = Gate()
        let count = self.count
        let ada = try self.visitor { talk in
            let number = try await talk.once("deed") {
                try await gate.wait()
                return count.next()
            }
            return .text("\(number)")
        }
        _ = try await ada.get("/do")
        async let first = ada.get("/do/1")
        await gate.entered()
        #expect("\(try await ada.get("/do/1"))" == "44 60")
        self.surroundings.clock.advance(by: .seconds(20))
        #expect("\(try await ada.get("/do/1"))" == "44 40")
        gate.open()
        #expect("\(try await first)" == "20 1")
        #expect("\(try await ada.get("/do/1"))" == "20 1")
        #expect(count.value == 1)
    }

    @Test("A visitor who leaves does not interrupt it")
    func leaving() async throws {
        let gate = Gate()
        let count = self.count
        let ada = try self.visitor { talk in
            try await talk.once("deed") {
                try await gate.wait()
                _ = count.next()
            }
            return .text("done")
        }
        _ = try await ada.get("/do")
        let request = Task { try await ada.get("/do/1") }
        await gate.entered()
        request.cancel()
        gate.open()
        _ = await request.result
        #expect("\(try await ada.get("/do/1"))" == "20 done")
        #expect(count.value == 1)
    }

    @Test("When it throws, the next request runs it again; what was done before stays done")
    func failure() async throws {
        let count = self.count
        let ada = try self.visitor { talk in
            let first = try await talk.once("first") { count.next() }
            try await talk.once("second") {
                if count.next() < 4 {
                    throw Failure()
                }
            }
            return .text("\(first)")
        }
        _ = try await ada.get("/do")
        await #expect(throws: Failure.self) { try await ada.get("/do/1") }
        await #expect(throws: Failure.self) { try await ada.get("/do/1") }
        #expect("\(try await ada.get("/do/1"))" == "20 1")
        #expect(count.value == 4)
    }

    @Test("One that a crash has interrupted is run again when its time is over")
    func crash() async throws {
        let gate = Gate()
        let count = self.count
        let handler: @Sendable (Conversation<BasicContext>) async throws -> Response = { talk in
            _ = try await talk.ask("Name?")
            try await talk.once("deed") {
                if count.next() == 1 {
                    try await gate.wait()
                }
            }
            return .text("done")
        }
        let ada = try self.visitor(handler)
        _ = try await ada.get("/do")
        _ = try await ada.get("/do/1", "Ada")
        // The process that never comes back.
        let lost = Task { try await ada.get("/do/2") }
        await gate.entered()
        var restarted = try self.visitor(handler)
        restarted.certificate = ada.certificate
        #expect("\(try await restarted.get("/do/2"))" == "44 60")
        #expect("\(try await restarted.get("/do/1", "Eve"))" == "30 /do/2", "its answers stay as they are")
        self.surroundings.clock.advance(by: .seconds(60))
        #expect("\(try await restarted.get("/do/2"))" == "20 done")
        gate.open()
        #expect("\(try await lost.value)" == "20 done", "it finds what the other has done")
        #expect(count.value == 2)
    }

    @Test("A transaction is done exactly once, however many ask for it at the same time")
    func transactions() async throws {
        let purse = StoreKey(space: "purses", id: "ada")
        let store = self.surroundings.store
        try await store.write(100, to: purse)
        let ada = try self.visitor { talk in
            let left = try await talk.transaction("buy") { transaction in
                let coins = try await transaction.read(purse, as: Int.self) ?? 0
                try await transaction.write(coins - 7, to: purse, expires: .never)
                return coins - 7
            }
            return .text("\(left)")
        }
        _ = try await ada.get("/do")
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { try await ada.get("/do/1") } }
            for try await answer in group { #expect("\(answer)" == "20 93") }
        }
        #expect(try await store.read(purse, as: Int.self) == 93)
        _ = try await ada.get("/do")
        #expect("\(try await ada.get("/do/1"))" == "20 86", "another conversation buys again")
    }

    @Test("A transaction that another request has done meanwhile is not done again")
    func transactionDoneMeanwhile() async throws {
        let gate = Gate()
        let count = self.count
        let purse = StoreKey(space: "purses", id: "ada")
        let ada = try self.visitor { talk in
            let left = try await talk.transaction("buy") { transaction in
                let seeds = try await transaction.read(purse, as: Int.self) ?? 100
                if count.next() == 1 { try await gate.wait() }
                try await transaction.write(seeds - 7, to: purse, expires: .never)
                return seeds - 7
            }
            return .text("\(left)")
        }
        _ = try await ada.get("/do")
        async let late = ada.get("/do/1")
        await gate.entered()
        #expect("\(try await ada.get("/do/1"))" == "20 93")
        gate.open()
        #expect("\(try await late)" == "20 93")
        #expect(try await self.surroundings.store.read(purse, as: Int.self) == 93)
    }

    @Test("A transaction that throws changes nothing, and can be tried again")
    func failingTransaction() async throws {
        let purse = StoreKey(space: "purses", id: "ada")
        let count = self.count
        let ada = try self.visitor { talk in
            try await talk.transaction("buy") { transaction in
                try await transaction.write(1, to: purse, expires: .never)
                if count.next() < 2 {
                    throw Failure()
                }
            }
            return .text("done")
        }
        _ = try await ada.get("/do")
        await #expect(throws: Failure.self) { try await ada.get("/do/1") }
        #expect(try await self.surroundings.store.read(purse) == nil)
        #expect("\(try await ada.get("/do/1"))" == "20 done")
        #expect(try await self.surroundings.store.read(purse, as: Int.self) == 1)
    }

    @Test("Going back while a deed is done that was passed over before leads to where the conversation stands")
    func goingBackMeanwhile() async throws {
        let gate = Gate()
        let count = self.count
        let ada = try self.visitor { talk in
            _ = try await talk.ask("1?")
            do {
                try await talk.transaction("buy") { _ in
                    switch count.next() {
                    case 3: try await gate.wait()
                    case 5: break
                    default: throw Failure()
                    }
                }
            } catch is Failure {}
            for number in 2...5 { _ = try await talk.ask("\(number)?") }
            return .text("done")
        }
        _ = try await ada.get("/do")
        for step in 1...3 { #expect("\(try await ada.get("/do/\(step)", "a"))" == "30 /do/\(step + 1)") }
        async let late = ada.get("/do/4", "a")
        await gate.entered()
        #expect("\(try await ada.get("/do/2", "b"))" == "30 /do/3")
        gate.open()
        #expect("\(try await late)" == "30 /do/3")
    }

    @Test("A deed cannot ask, and says so")
    func nesting() async throws {
        let ada = try self.visitor { talk in
            try await talk.once("deed") { _ = try await talk.ask("Name?") }
            return .text("done")
        }
        _ = try await ada.get("/do")
        await #expect(throws: ConversationError.nested("deed")) { try await ada.get("/do/1") }
        await #expect(throws: ConversationError.nested("deed")) { try await ada.get("/do/1") }
    }

    @Test("Deeds before the first question, without a certificate, are kept as well")
    func tokenDeeds() async throws {
        let count = self.count
        var ada = try self.visitor { talk in
            let card = try await talk.once("draw") { count.next() }
            let bet = try await talk.ask("Card \(card). Bet?", as: Int.self)
            return .text("\(card) \(bet) \(talk.id.utf8.count)")
        }
        ada.certificate = nil
        let (path, question) = try await ada.follow("/do")
        #expect("\(question)" == "10 Card 1. Bet?")
        #expect("\(try await ada.get(path))" == "10 Card 1. Bet?")
        #expect("\(try await ada.follow(path, "5").answer)" == "20 1 5 26")
    }
}

/// Counts how often something happens.
private final class Tally: Sendable {
    private let count = NIOLockedValueBox(0)

    var value: Int {
        self.count.withLockedValue { $0 }
    }

    func next() -> Int {
        self.count.withLockedValue { count in
            count += 1
            return count
        }
    }
}
