import GeminiProbe
import GeminiProtocol

extension Examination {
    /// The home page as it comes for `gemini://host/`, by which other answers are judged.
    struct Home: Sendable {
        var exchange: Exchange
        /// Whether it is the same each time.
        var isStable: Bool

        var status: Status? { self.exchange.status }

        /// Whether an answer is this page, as far as that can be told.
        func isSame(as other: Exchange) -> Bool {
            self.isSameKind(as: other) && (!self.isStable || self.exchange.body == other.body)
        }

        /// Whether an answer has the same header.
        func isSameKind(as other: Exchange) -> Bool {
            other.received != nil && self.exchange.received?.header == other.received?.header
        }
    }

    /// Asks for the home page, twice.
    func readHome() throws(ProbeError) -> Home {
        let first = try self.ask(self.base + "/")
        guard first.isAnswered else { return Home(exchange: first, isStable: false) }
        let second = try self.ask(self.base + "/")
        return Home(exchange: first, isStable: first.response == second.response)
    }
}
