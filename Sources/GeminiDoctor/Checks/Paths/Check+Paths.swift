import GeminiProbe
import GeminiProtocol

extension Check {
    static let paths = [notFound, dotSegments, escapes, aboveRoot, traversal, hiddenFiles, headerInjection]

    /// What is not there.
    static let notFound = Check(
        "not-found",
        ["DG-11", "DA-22", "GP-078"],
        "A page that does not exist is 51",
        theme: .paths
    ) { examination, _ throws(ProbeError) in
        let exchange = try examination.ask(examination.base + "/09pdsakjo73hjn12id78")
        let remedy = "Answer 51 to URLs that lead nowhere."
        return [
            Refusal(codes: [51], accepted: .warning)
                .finding(exchange, "A page that does not exist", remedy: remedy)
        ].compactMap { $0 }
    }

    /// Dot segments inside of the root.
    static let dotSegments = Check.alike(
        "dot-segments",
        ["GP-026", "DA-01"],
        "Dot segments that stay inside are resolved",
        theme: .paths,
        level: .warning,
        what: "The home page's path with dot segments",
        remedy: "Resolve . and .. in the path before looking for the page."
    ) { examination in
        ["/./", "/doctor/../", "/doctor/.././"].map { examination.base + $0 }
    }

    /// Escapes that need not be.
    static let escapes = Check(
        "escapes",
        ["GP-026"],
        "Escapes of ordinary letters are decoded",
        theme: .paths
    ) { examination, _ throws(ProbeError) in
        let plain = try examination.ask(examination.base + "/index.gmi")
        guard plain.status == .success else { return [] }
        let exchange = try examination.ask(examination.base + "/inde%78.gmi")
        guard exchange.status != plain.status else { return [] }
        return [
            Finding(
                .warning,
                "/index.gmi is answered with \(plain.outcome), and /inde%78.gmi with \(exchange.outcome).",
                exchange,
                remedy: "Decode each segment of the path before looking for the page."
            )
        ]
    }

    /// Dot segments that lead out.
    static let aboveRoot = Check.refusing(
        "above-root",
        ["GP-059", "DG-27", "DA-01"],
        "A path that climbs above the root is refused",
        theme: .paths,
        what: "A path that climbs above the root",
        Refusal(codes: [50, 51, 59], accepted: .warning),
        remedy: "Answer 51 when .. has nothing left to remove."
    ) { examination in
        ["/../../", "/../\(examination.url.host)/"].map { Self.line(examination.base + $0) }
    }

    /// A name with CR and LF in it must not come back as lines.
    static let headerInjection = Check(
        "header-injection",
        ["GP-075", "GP-070", "GP-130"],
        "Nothing of the URL gets into the header undone",
        theme: .paths
    ) { examination, _ throws(ProbeError) in
        var findings: [Finding] = []
        for path in ["/%0d%0a20%20x/..", "/%0dx/..", "/doctor%0d%0aX", "/%1b/..", "/%20/.."] {
            let exchange = try examination.ask(examination.base + path)
            let line = exchange.response.prefix { $0 != 0x0A }
            let meta = line.dropFirst(3)
            let isRedirect = line.first == UInt8(ascii: "3")
            let controls = meta.dropLast().contains { $0 < 0x20 || $0 == 0x7F } || exchange.receivedLineIsBroken
            guard controls || (isRedirect && meta.contains(0x20)) else { continue }
            findings.append(
                Finding(
                    .violation,
                    "What is escaped in the URL comes back unescaped in the header.",
                    exchange,
                    remedy: "Build redirects from the encoded path, and keep control characters out of every header."
                )
            )
        }
        return findings
    }
}

extension Exchange {
    /// Whether the first line ends otherwise than with CRLF, or a refusal has more than one.
    fileprivate var receivedLineIsBroken: Bool {
        guard let end = self.response.firstIndex(of: 0x0A) else { return false }
        let isCRLF = end > 0 && self.response[end - 1] == 0x0D
        return !isCRLF || (self.response.first != UInt8(ascii: "2") && end + 1 < self.response.count)
    }
}
