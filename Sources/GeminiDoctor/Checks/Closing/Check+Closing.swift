import GeminiProbe
import GeminiProtocol

extension Check {
    static let closing = [closeNotify, promptClose, halfClose]

    /// Every kind of response ends in order.
    static let closeNotify = Check(
        "close-notify",
        ["GP-010", "DG-06"],
        "Every kind of response ends with close_notify",
        theme: .closing
    ) { examination, _ throws(ProbeError) in
        var findings: [Finding] = []
        let lines = [
            examination.base + "/", examination.base + "/09pdsakjo73hjn12id78", "gemini://wikipedia.org/",
            "Hello Gemini!",
        ]
        for line in lines {
            let exchange = try examination.ask(line)
            guard exchange.isAnswered, exchange.hasEnded, exchange.end != .closeNotify else { continue }
            findings.append(
                Finding(
                    .violation,
                    "A response (\(exchange.outcome)) ends without close_notify.",
                    exchange,
                    remedy: "End TLS with close_notify before closing, after refusals too."
                )
            )
        }
        return findings
    }

    /// The server does not wait for the client's part of the end.
    static let promptClose = Check(
        "prompt-close",
        ["GP-015", "GP-009"],
        "The connection is closed without waiting for the client",
        theme: .closing,
        pace: .waiting
    ) { examination, _ throws(ProbeError) in
        let connection = try examination.open()
        let request = Self.line(examination.base + "/")
        try connection.send(request, deadline: examination.deadline())
        var exchange = Exchange(request: request, remark: "and never another byte")
        var deadline = examination.deadline()
        var lastByte = ContinuousClock.now
        while true {
            switch connection.next(deadline: deadline) {
            case .bytes(let bytes):
                guard exchange.response.count < Examination.responseLimit, !deadline.hasPassed else { return [] }
                exchange.response += bytes
                lastByte = .now
                continue
            case .closeNotify:
                lastByte = .now
                exchange.end = .closeNotify
                deadline = examination.deadline(after: examination.timing.longestClose)
                continue
            case .finished, .reset, .alert, .garbage:
                let wait = ContinuousClock.now - lastByte
                guard wait > examination.timing.promptClose else { return [] }
                return [
                    Finding(
                        .warning,
                        "The connection is closed \(wait.seconds) after close_notify only.",
                        sent: exchange.sentText,
                        received: "FIN after \(wait.seconds)",
                        remedy: "Close right after close_notify, whether the client answers it or not."
                    )
                ]
            case .silence:
                let wait = ContinuousClock.now - lastByte
                return [
                    Finding(
                        .warning,
                        "The connection is still open \(wait.seconds) after the response.",
                        sent: exchange.sentText,
                        received: exchange.end == .closeNotify ? "close_notify, and no FIN" : "no end",
                        remedy: "Close right after close_notify, whether the client answers it or not."
                    )
                ]
            }
        }
    }

    /// A client that has nothing more to say is answered all the same.
    static let halfClose = Check(
        "half-close",
        ["GP-009", "GP-012"],
        "A client that closes its side after the request gets its response",
        theme: .closing
    ) { examination, home throws(ProbeError) in
        var findings: [Finding] = []
        for sendsCloseNotify in [true, false] {
            let how = sendsCloseNotify ? "close_notify and FIN" : "FIN without close_notify"
            let connection = try examination.open()
            var exchange = Exchange(request: Self.line(examination.base + "/"), remark: "then \(how)")
            do throws(ProbeError) {
                try connection.send(exchange.request, deadline: examination.deadline())
                if sendsCloseNotify { try connection.sendCloseNotify(deadline: examination.deadline()) }
            } catch {
                // What the server said before it went is read below.
            }
            connection.finish()
            examination.readResponse(of: &exchange, on: connection)
            guard !home.isSameKind(as: exchange) || exchange.body.count < home.exchange.body.count && home.isStable
            else { continue }
            findings.append(
                Finding(
                    .warning,
                    "A client that sends \(how) after its request loses the response: \(exchange.outcome).",
                    exchange,
                    remedy: "Treat the end of the client's side as the end of its request, not of the connection."
                )
            )
        }
        return findings
    }
}
