import Canaveral
import GeminiServer
import NIOConcurrencyHelpers
import StoreConformance
import TestSupport
import Testing

/// A conversation is walked at random, back and forth, with requests that are stale or come twice, and at each step is
/// where a model says that it is.
@Suite("Conversations at random")
struct ConversationModelTests {
    /// What the closure below does, as the model knows it.
    private struct Model {
        var answers: [String] = []
        var isDone = false
        var deeds = 0
        var isThere = false
        var isEnded = false

        private static let questions = ["First?", "Number?", "Why?", "Last?"]

        /// The questions that these answers lead to, as indices; even numbers are asked about.
        private func question(at step: Int, after answers: [String]) -> Int? {
            let asksWhy = answers.count > 1 && Int(answers[1])! % 2 == 0
            let order = asksWhy || answers.count < 2 ? [0, 1, 2, 3] : [0, 1, 3]
            return step <= order.count ? order[step - 1] : nil
        }

        /// How many answers are behind the deed.
        private var barrier: Int {
            self.isDone ? (Int(self.answers[1])! % 2 == 0 ? 3 : 2) : 0
        }

        private var current: Int { self.answers.count + 1 }

        /// Carries out what the run up to a step does.
        private mutating func run(to step: Int) {
            guard self.answers.count >= 2, self.answers[0] == "c", !self.isDone else { return }
            let after = Int(self.answers[1])! % 2 == 0 ? 3 : 2
            guard step > after else { return }
            self.isDone = true
            self.deeds += 1
        }

        mutating func start() -> String {
            if !self.isThere || self.isEnded {
                let deeds = self.deeds
                self = Model()
                self.deeds = deeds
                self.isThere = true
            }
            return "30 /walk/\(self.current)"
        }

        mutating func get(_ step: Int, _ input: String?) -> String {
            guard self.isThere else { return "lost" }
            if self.isEnded, step == self.current { return self.end }
            guard step > self.barrier, step <= self.current else { return "30 /walk/\(self.current)" }
            self.run(to: step)
            guard let question = self.question(at: step, after: Array(self.answers.prefix(step - 1))) else {
                self.isEnded = true
                return self.end
            }
            let prompt = Self.questions[question]
            guard let input, !input.isEmpty else { return "10 \(prompt)" }
            if question == 1, Int(input) == nil { return "10 That is no number. \(prompt)" }
            if step < self.current, self.answers[step - 1] == input { return "30 /walk/\(self.current)" }
            self.answers = self.answers.prefix(step - 1) + [input]
            self.isEnded = false
            return "30 /walk/\(self.current)"
        }

        private var end: String {
            "20 \(self.answers.joined(separator: " "))"
        }
    }

    @Test("Every random walk stays where the model says", arguments: 1...40 as ClosedRange<UInt64>)
    func walk(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let surroundings = TestSurroundings()
        let deeds = NIOLockedValueBox(0)
        func build(_ routes: Routes<BasicContext>) {
            routes.conversation("/walk") { talk in
                let first = try await talk.ask("First?")
                let number = try await talk.ask("Number?", as: Int.self)
                let why = number % 2 == 0 ? [try await talk.ask("Why?")] : []
                if first == "c" {
                    try await talk.once("deed") { deeds.withLockedValue { $0 += 1 } }
                }
                let last = try await talk.ask("Last?")
                return .text(([first, "\(number)"] + why + [last]).joined(separator: " "))
            }
        }
        let identity = try TestIdentity()
        var visitor = try Visitor(surroundings.router(build), with: identity)
        var model = Model()
        var history: [(Int, String?)] = [(1, nil)]
        for _ in 0..<300 {
            let expected: String
            let actual: Visitor.Answer
            var step = 0
            switch Int.random(in: 0..<20, using: &random) {
            case 0:
                expected = model.start()
                actual = try await visitor.get("/walk")
            case 1:
                // A restart of the application.
                visitor = try Visitor(surroundings.router(build), with: identity)
                continue
            case 2 where Int.random(in: 0..<4, using: &random) == 0:
                surroundings.clock.advance(by: .seconds(3600))
                let deeds = model.deeds
                model = Model()
                model.deeds = deeds
                continue
            case let choice:
                var request = history.randomElement(using: &random)!
                if choice < 17 {
                    let inputs: [String?] = [nil, nil, "", "a", "b", "c", "1", "2", "3"]
                    request = (Int.random(in: 1...6, using: &random), inputs.randomElement(using: &random)!)
                    history.append(request)
                }
                step = request.0
                expected = model.get(request.0, request.1)
                actual = try await visitor.get("/walk/\(request.0)", request.1)
            }
            if expected == "lost" {
                #expect(actual.body.contains("Begin again"))
            } else {
                #expect("\(actual)" == expected, "step \(step)")
            }
            #expect(deeds.withLockedValue { $0 } == model.deeds)
        }
        #expect(history.count > 100)
    }
}
