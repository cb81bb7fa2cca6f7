import GeminiProbe
import GeminiProtocol

extension Check {
    static let urls = [
        emptyPath, explicitPort, missingPort, upperCase, trailingDot, queryAfterHost, internationalName, byAddress,
        foreignHost, foreignPort, foreignScheme,
    ]

    /// An empty path is the root. gemini-diagnostics means to ask this (DG-10), but sends the slash.
    static let emptyPath = Check(
        "empty-path",
        ["GP-022", "DG-10"],
        "The URL without a path is the home page, without a redirect",
        theme: .urls
    ) { examination, home throws(ProbeError) in
        let exchange = try examination.ask(examination.base)
        guard !home.isSame(as: exchange) else { return [] }
        let instead = home.isSameKind(as: exchange) ? "another page" : exchange.outcome
        return [
            Finding(
                .violation,
                "The URL without a path is answered with \(instead), and that with a slash with \(home.exchange.outcome).",
                exchange,
                remedy: "Treat an empty path as /, without a redirect."
            )
        ]
    }

    /// `host:port` is `host`.
    static let explicitPort = Check.alike(
        "explicit-port",
        ["GP-056", "GP-023", "DG-13"],
        "The URL may name the port",
        theme: .urls,
        level: .violation,
        what: "The home page's URL with its port",
        remedy: "Accept the port that the server listens on, the default one too."
    ) { examination in
        ["gemini://\(examination.url.host):\(examination.url.effectivePort ?? GeminiURL.defaultPort)/"]
    }

    /// A URL without a port, on a server at another one: both answers are right.
    static let missingPort = Check(
        "missing-port",
        ["DA-13"],
        "A URL without a port, where the server has another one",
        theme: .urls
    ) { examination, home throws(ProbeError) in
        guard examination.url.port != nil else { return [] }
        let exchange = try examination.ask("gemini://\(examination.url.host)/")
        return [
            home.isSameKind(as: exchange)
                ? .note("A URL without a port is served, though the port is not 1965.")
                : .note(
                    "A URL without a port, which means 1965, is answered with \(exchange.outcome).",
                    sent: exchange.sentText,
                    received: exchange.receivedText
                )
        ]
    }

    /// Scheme and host in capitals.
    static let upperCase = Check.alike(
        "upper-case",
        ["GP-027"],
        "Scheme and host may be in capitals",
        theme: .urls,
        level: .warning,
        what: "The home page's URL in capitals",
        remedy: "Compare scheme and host without regard to case."
    ) { examination in
        [examination.base.uppercased() + "/"]
    }

    /// `host.` is `host`.
    static let trailingDot = Check(
        "trailing-dot",
        ["GP-031"],
        "The host may end with a dot",
        theme: .urls
    ) { examination, home throws(ProbeError) in
        guard let name = examination.url.host.name, !name.hasSuffix(".") else { return [] }
        let port = examination.url.port.map { ":\($0)" } ?? ""
        let exchange = try examination.ask("gemini://\(name).\(port)/")
        guard !home.isSameKind(as: exchange) else { return [] }
        return [
            Finding(
                .warning,
                "With a dot at the end of the host, the home page is answered with \(exchange.outcome).",
                exchange,
                remedy: "Ignore one dot at the end of the host."
            )
        ]
    }

    /// `gemini://host?q`
    static let queryAfterHost = Check(
        "query-after-host",
        ["GP-058"],
        "A query may follow the host directly",
        theme: .urls
    ) { examination, _ throws(ProbeError) in
        let usual = try examination.ask(examination.base + "/?q")
        let exchange = try examination.ask(examination.base + "?q")
        guard usual.status != exchange.status else { return [] }
        return [
            Finding(
                .warning,
                "A query after the host is answered with \(exchange.outcome), and after / with \(usual.outcome).",
                exchange,
                remedy: "Let the host end at a ?, and take the path for /."
            )
        ]
    }

    /// A host in Unicode is the host in Punycode.
    static let internationalName = Check(
        "international-name",
        ["GP-028"],
        "An international name is known in both spellings",
        theme: .urls
    ) { examination, home throws(ProbeError) in
        let host = examination.url.host
        guard host.unicodeDescription != host.description else { return [] }
        let port = examination.url.port.map { ":\($0)" } ?? ""
        let exchange = try examination.ask("gemini://\(host.unicodeDescription)\(port)/")
        guard !home.isSameKind(as: exchange) else { return [] }
        return [
            Finding(
                .warning,
                "With the host in Unicode, the home page is answered with \(exchange.outcome).",
                exchange,
                remedy: "Convert the host of the request to Punycode before comparing it."
            )
        ]
    }

    /// The address instead of the name: any answer will do.
    static let byAddress = Check(
        "by-address",
        ["GP-024", "GP-029", "DG-15"],
        "A URL with the server's address has an answer",
        theme: .urls
    ) { examination, _ throws(ProbeError) in
        let address = examination.address
        let exchange = try examination.ask("gemini://\(address)/")
        if exchange.received != nil {
            return [.note("A URL with the address \(address.host) is answered with \(exchange.outcome).")]
        }
        return [
            Finding(
                .warning,
                "A URL with the address \(address.host) is answered with \(exchange.outcome).",
                exchange,
                remedy: "Answer 53 where addresses are not served."
            )
        ]
    }
}
