import GeminiProbe
import GeminiProtocol

extension Check {
    /// A URL that leads nowhere and has this many bytes.
    private static func url(_ examination: Examination, length: Int) -> [UInt8] {
        let start = examination.base + "/"
        return Self.line(start + String(repeating: "0", count: length - start.utf8.count))
    }

    /// 1,024 bytes are fine.
    static let maximumURL = Check(
        "maximum-url",
        ["GP-042", "DG-17"],
        "A URL of 1,024 bytes is accepted",
        theme: .requests
    ) { examination, _ throws(ProbeError) in
        let exchange = try examination.ask(Self.url(examination, length: 1024))
        let remedy = "Accept 1,024 bytes before the CRLF, so 1,026 in all."
        let refused = exchange.status == .badRequest || exchange.status == nil
        let refusal = Refusal(
            codes: [51],
            accepted: .note,
            otherwise: refused ? .violation : .note,
            dropped: .violation
        )
        return [refusal.finding(exchange, "A URL of 1,024 bytes that leads nowhere", remedy: remedy)].compactMap { $0 }
    }

    /// One more is not, and bytes count, not characters.
    static let overlongURL = Check.refusing(
        "overlong-url",
        ["GP-042", "GP-043", "DG-18", "DA-29"],
        "A URL of more than 1,024 bytes is refused",
        theme: .requests,
        what: "A URL of more than 1,024 bytes",
        Refusal(codes: [59], accepted: .violation, otherwise: .violation, dropped: .note),
        remedy: "Answer 59 as soon as 1,025 bytes have come without CRLF; count bytes, not characters."
    ) { examination in
        [
            Self.url(examination, length: 1025),
            Self.line(examination.base + "/" + String(repeating: "€", count: 400)),
        ]
    }

    /// Whoever never ends a request is not listened to for ever.
    static let unendedRequest = Check(
        "unended-request",
        ["GP-043"],
        "A request of 100 kB without an end is refused at once",
        theme: .requests,
        isGentle: false
    ) { examination, _ throws(ProbeError) in
        let start = Array((examination.base + "/").utf8)
        let request = start + [UInt8](repeating: UInt8(ascii: "0"), count: 100_000)
        let exchange = examination.ask(request, on: try examination.open())
        guard exchange.end == .silence || (exchange.isAnswered && exchange.status != .badRequest) else { return [] }
        return [
            Finding(
                .warning,
                "A request of 100 kB without CRLF gets \(exchange.isAnswered ? exchange.outcome : "no answer").",
                exchange,
                remedy: "Answer 59 as soon as more than 1,024 bytes have come without CRLF, and keep none of them."
            )
        ]
    }
}
