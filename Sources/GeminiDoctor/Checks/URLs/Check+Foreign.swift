import GeminiProbe
import GeminiProtocol

extension Check {
    /// Another host's page.
    static let foreignHost = Check(
        "foreign-host",
        ["GP-055", "GP-187", "DG-20"],
        "Another host's URL is refused with 53",
        theme: .urls
    ) { examination, home throws(ProbeError) in
        let exchange = try examination.ask("gemini://wikipedia.org/")
        let remedy = "Compare the host of the request with those that are served, and answer 53 to others."
        if exchange.status == .success {
            return [
                home.isSameKind(as: exchange)
                    ? Finding(
                        .violation,
                        "The server answers for hosts that it does not serve.",
                        exchange,
                        remedy: remedy
                    )
                    : Finding(
                        .warning,
                        rows: ["GP-180"],
                        "The server fetches other hosts' pages for everybody.",
                        exchange,
                        remedy: "Turn proxying off, or allow it to those who are meant."
                    )
            ]
        }
        let refusal = Refusal(codes: [53, 43], accepted: .violation)
        return [refusal.finding(exchange, "Another host's URL", remedy: remedy)].compactMap { $0 }
    }

    /// Another port.
    static let foreignPort = Check.refusing(
        "foreign-port",
        ["GP-056", "DG-19"],
        "Another port's URL is refused with 53",
        theme: .urls,
        what: "A URL with another port",
        Refusal(codes: [53], accepted: .warning),
        remedy: "Answer 53 where the URL names a port that is not the server's."
    ) { examination in
        let port = examination.url.effectivePort == 443 ? 444 : 443
        return [Self.line("gemini://\(examination.url.host):\(port)/")]
    }

    /// Other schemes.
    static let foreignScheme = Check.refusing(
        "foreign-scheme",
        ["GP-057", "DG-21", "DG-22", "DG-23"],
        "Other schemes are refused with 53",
        theme: .urls,
        what: "A URL of another scheme",
        Refusal(codes: [53], accepted: .warning),
        remedy: "Answer 53 to every scheme but gemini."
    ) { examination in
        ["http", "https", "gopher", "data"].map { Self.line(examination.base(scheme: $0) + "/") }
    }
}
