import GeminiProbe
import GeminiProtocol

extension Check {
    static let responses = [homePage, everyHeader, stillAlive]

    /// The home page, as gemini-diagnostics wants it.
    static let homePage = Check(
        "home-page",
        ["DG-09", "DG-10", "GP-116", "GP-118", "GP-113"],
        "The home page is gemtext in good form",
        theme: .responses
    ) { _, home throws(ProbeError) in
        HomePageReview(exchange: home.exchange).findings
    }

    /// What every response has to be, for all that were seen.
    static let everyHeader = Check(
        "every-response",
        ["GP-070", "GP-071", "GP-072", "GP-073", "GP-074", "GP-075", "GP-076", "GP-077", "GP-078", "GP-010", "GP-093"]
            + ["GP-094", "GP-110", "GP-130", "GP-134", "GP-139", "GP-143", "DG-06"],
        "Every response has a header by the grammar and an end",
        theme: .responses,
        pace: .last
    ) { examination, _ throws(ProbeError) in
        if examination.exchanges.count <= 2 {
            for path in ["/", "/09pdsakjo73hjn12id78", "/#x"] { _ = try examination.ask(examination.base + path) }
        }
        return ResponseReview.findings(examination.exchanges)
    }

    /// Nothing of all this stops a server.
    static let stillAlive = Check(
        "still-alive",
        ["GP-012", "GP-016"],
        "The server answers as in the beginning",
        theme: .responses,
        pace: .last
    ) { examination, home throws(ProbeError) in
        let remedy = "Look into the server's log for what this examination did to it."
        let exchange: Exchange
        do throws(ProbeError) {
            exchange = try examination.ask(examination.base + "/")
        } catch {
            return [Finding(.violation, "The server does not answer any more: \(error).", remedy: remedy)]
        }
        guard !home.isSameKind(as: exchange) else { return [] }
        let title = "The home page is answered with \(exchange.outcome) now, and was with \(home.exchange.outcome)."
        return [Finding(.violation, title, exchange, remedy: remedy)]
    }
}
