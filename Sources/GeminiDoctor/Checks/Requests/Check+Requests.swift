import GeminiProbe

extension Check {
    static let requests = [
        fragmented, maximumURL, overlongURL, unendedRequest, userinfo, fragment, notAbsolute, invalidUTF8,
        byteOrderMark,
        invalidCharacters, secondRequest, trailingBytes, manyTrailingBytes, bareLineFeed,
    ]

    /// A request is what stands before CRLF, however it comes.
    static let fragmented = Check(
        "fragmented-request",
        ["GP-051", "GP-009"],
        "A request that comes in pieces is put together",
        theme: .requests
    ) { examination, home throws(ProbeError) in
        let request = Self.line(examination.base + "/")
        let middle = request.count / 2
        let pieces: [(how: String, pieces: [ArraySlice<UInt8>], pause: Duration)] = [
            ("byte by byte", request.indices.map { request[$0...$0] }, .zero),
            (
                "in three pieces, one of them between CR and LF",
                [request[..<middle], request[middle..<(request.count - 1)], request[(request.count - 1)...]],
                examination.timing.fragment
            ),
        ]
        var findings: [Finding] = []
        for (how, pieces, pause) in pieces {
            let connection = try examination.open()
            var exchange = Exchange(request: request, remark: how)
            do throws(ProbeError) {
                for piece in pieces {
                    try connection.send(piece, deadline: examination.deadline())
                    if pause > .zero { examination.rest(pause) }
                }
            } catch {
                // What the server said before it went is read below.
            }
            examination.readResponse(of: &exchange, on: connection)
            guard !home.isSameKind(as: exchange) else { continue }
            findings.append(
                Finding(
                    .violation,
                    "A request that is sent \(how) is answered with \(exchange.outcome).",
                    exchange,
                    remedy: "Collect what comes until CRLF: a packet is no unit of a TCP stream."
                )
            )
        }
        return findings
    }

    /// Two requests on one connection get one answer.
    static let secondRequest = Check(
        "second-request",
        ["GP-009", "GP-052"],
        "A connection has one request and one response",
        theme: .requests
    ) { examination, home throws(ProbeError) in
        let line = Self.line(examination.base + "/")
        let exchange = examination.ask(line + line, on: try examination.open())
        let single = home.exchange.response
        guard home.isStable, exchange.response.count > single.count else { return [] }
        guard exchange.response.starts(with: single) else { return [] }
        return [
            Finding(
                .violation,
                rows: ["GP-009"],
                "Two requests on one connection are both answered.",
                sent: exchange.sentText,
                received: "\(exchange.response.count) bytes, where the answer to one request has \(single.count)",
                remedy: "Stop reading requests after the first CRLF, and close after the response."
            )
        ]
    }

    /// What follows the request is none of the server's business.
    static let trailingBytes = Check(
        "trailing-bytes",
        ["GP-052", "DA-02"],
        "Bytes after the request are ignored",
        theme: .requests
    ) { examination, home throws(ProbeError) in
        let exchange = try examination.ask(Self.line(examination.base + "/") + Array("junk".utf8))
        guard !home.isSameKind(as: exchange) else { return [] }
        return [
            Finding(
                .warning,
                "A request with four bytes after its CRLF is answered with \(exchange.outcome).",
                exchange,
                remedy: "Answer what stands before the first CRLF, and ignore the rest."
            )
        ]
    }

    /// Nor does it cost the client the response.
    static let manyTrailingBytes = Check(
        "trailing-flood",
        ["GP-053"],
        "Many bytes after the request do not destroy the response",
        theme: .requests,
        isGentle: false
    ) { examination, home throws(ProbeError) in
        let request = Self.line(examination.base + "/") + [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
        let exchange = examination.ask(request, on: try examination.open())
        guard !home.isSameKind(as: exchange) || exchange.end != .closeNotify else { return [] }
        return [
            Finding(
                .warning,
                "With 64 KiB after the request, the response is lost or cut: \(exchange.outcome).",
                exchange,
                remedy: "After close_notify and FIN, read and drop what comes for a moment before closing."
            )
        ]
    }

    /// A line feed alone ends nothing.
    static let bareLineFeed = Check(
        "bare-line-feed",
        ["GP-051", "DG-12", "DA-30"],
        "A line feed without a carriage return does not end a request",
        theme: .requests,
        pace: .waiting
    ) { examination, _ throws(ProbeError) in
        var exchange = Exchange(request: Array((examination.base + "/\n").utf8))
        let connection = try examination.open()
        do throws(ProbeError) {
            try connection.send(exchange.request, deadline: examination.deadline())
        } catch {
            return []
        }
        let start = ContinuousClock.now
        guard case .bytes(let bytes) = connection.next(deadline: examination.deadline(after: examination.timing.quiet))
        else { return [] }
        exchange.response = bytes
        exchange.end = .closeNotify
        examination.record(exchange)
        return [
            Finding(
                .violation,
                "A request that ends with LF only is answered with \(exchange.outcome) after \((.now - start).seconds).",
                exchange,
                remedy: "Wait for CRLF; close without a word when none comes in the time for requests."
            )
        ]
    }
}
