import GeminiProbe
import GeminiProtocol

/// How a request has to be refused, and how bad other answers are.
struct Refusal: Sendable {
    /// The right codes.
    var codes: Set<Int>
    /// When it is accepted instead: answered with input, success or redirect.
    var accepted: Finding.Level
    /// When it is refused with another code.
    var otherwise: Finding.Level? = .warning
    /// When there is no answer.
    var dropped: Finding.Level? = .warning

    /// Looks at an answer.
    ///
    /// - Parameter what: the kind of request as the beginning of a sentence.
    func finding(_ exchange: Exchange, _ what: String, remedy: String) -> Finding? {
        let wanted = self.codes.sorted().map { "\($0)" }.joined(separator: " or ")
        let level: Finding.Level?
        switch exchange.header {
        case .success(let received):
            let status = received.header.status
            guard !self.codes.contains(status.code) else { return nil }
            level = status.code < 40 ? self.accepted : self.otherwise
        case .failure: level = .violation
        case nil: level = self.dropped
        }
        return level.map {
            Finding($0, "\(what) is answered with \(exchange.outcome), not \(wanted).", exchange, remedy: remedy)
        }
    }
}

extension Check {
    /// A kind of request that has to be refused.
    ///
    /// - Parameters:
    ///   - what: the kind of request as the beginning of a sentence.
    ///   - requests: each with its end of line.
    static func refusing(
        _ id: String,
        _ rows: [String],
        _ title: String,
        theme: Theme,
        isGentle: Bool = true,
        what: String,
        _ refusal: Refusal,
        remedy: String,
        requests: @escaping @Sendable (Examination) -> [[UInt8]]
    ) -> Check {
        Check(id, rows, title, theme: theme, isGentle: isGentle) { examination, _ throws(ProbeError) in
            var findings: [Finding] = []
            for request in requests(examination) {
                if let finding = refusal.finding(try examination.ask(request), what, remedy: remedy) {
                    findings.append(finding)
                }
            }
            return findings
        }
    }

    /// Spellings of the home page's URL that have to lead to it.
    static func alike(
        _ id: String,
        _ rows: [String],
        _ title: String,
        theme: Theme,
        level: Finding.Level,
        what: String,
        remedy: String,
        lines: @escaping @Sendable (Examination) -> [String]
    ) -> Check {
        Check(id, rows, title, theme: theme) { examination, home throws(ProbeError) in
            var findings: [Finding] = []
            for line in lines(examination) {
                let exchange = try examination.ask(line)
                guard !home.isSameKind(as: exchange) else { continue }
                let title =
                    "\(what) is answered with \(exchange.outcome), and the home page with \(home.exchange.outcome)."
                findings.append(Finding(level, title, exchange, remedy: remedy))
            }
            return findings
        }
    }

    /// The bytes of a request line with its CRLF.
    static func line(_ text: String) -> [UInt8] {
        Array(text.utf8) + [0x0D, 0x0A]
    }
}
