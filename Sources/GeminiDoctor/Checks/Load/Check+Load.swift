import GeminiProbe

extension Check {
    static let load = [concurrent, burst, manyConnections]

    /// One client's unfinished request, or its sudden end, is no other's business.
    static let concurrent = Check(
        "concurrent",
        ["GP-016", "GP-012", "DG-08"],
        "A request is answered while another one is unfinished",
        theme: .load
    ) { examination, home throws(ProbeError) in
        let request = Self.line(examination.base + "/")
        let slow = try examination.open()
        try slow.send(request.prefix(1), deadline: examination.deadline())

        var findings: [Finding] = []
        let remedy = "Serve each connection by itself."
        do throws(ProbeError) {
            try examination.vanish(in: request)
            let second = try examination.ask(request)
            if !home.isSameKind(as: second) {
                let title = "While another request is unfinished, the home page is answered with \(second.outcome)."
                findings.append(Finding(.warning, title, second, remedy: remedy))
            }
        } catch {
            let title = "While another request is unfinished, a second connection is not served: \(error)."
            findings.append(Finding(.warning, title, remedy: remedy))
        }
        var first = Exchange(request: request, remark: "in two parts, with another client's request between them")
        do throws(ProbeError) {
            try slow.send(request.dropFirst(), deadline: examination.deadline())
        } catch {
            // What the server said before it went is read below.
        }
        examination.readResponse(of: &first, on: slow)
        if !home.isSameKind(as: first) {
            let title = "A request that was unfinished while another was answered gets \(first.outcome)."
            findings.append(Finding(.warning, title, first, remedy: remedy))
        }
        return findings
    }

    /// Requests that come all at once are all answered.
    static let burst = Check(
        "burst",
        ["GP-016"],
        "Two dozen requests at once are all answered",
        theme: .load,
        pace: .alone,
        isGentle: false
    ) { examination, home throws(ProbeError) in
        let request = Self.line(examination.base + "/")
        let count = 24
        let start = ContinuousClock.now
        let answers = onThreads(count) { _ -> Result<Exchange, ProbeError> in
            do throws(ProbeError) {
                let connection = try examination.open()
                return .success(examination.ask(request, on: connection, remark: "on \(count) connections at once"))
            } catch {
                return .failure(error)
            }
        }
        let remedy = "Let connections wait for their turn instead of refusing them."
        var findings: [Finding] = []
        for answer in answers {
            switch answer {
            case .success(let exchange):
                guard !home.isSameKind(as: exchange) else { continue }
                let title = "Of \(count) requests at once, some are answered with \(exchange.outcome)."
                findings.append(Finding(.warning, title, exchange, remedy: remedy))
            case .failure(let error):
                let title = "Of \(count) connections at once, some are not served: \(error)."
                findings.append(Finding(.warning, title, remedy: remedy))
            }
        }
        return findings.isEmpty
            ? [.note("\(count) requests at once take \((.now - start).seconds) together.")] : Array(findings.prefix(1))
    }

    /// Many clients that do nothing do not keep a server from its work.
    static let manyConnections = Check(
        "many-connections",
        ["GP-016", "GP-017"],
        "Idle connections do not keep others waiting",
        theme: .load,
        pace: .alone,
        isGentle: false
    ) { examination, home throws(ProbeError) in
        var connections: [ProbeConnection] = []
        let remedy = "Let no thread or process wait for a single client: idle connections cost an attacker nothing."
        let (withoutTLS, withTLS) = (20, 40)
        let start: ContinuousClock.Instant
        let exchange: Exchange
        do throws(ProbeError) {
            for _ in 0..<withoutTLS { connections.append(try examination.connect()) }
            for _ in 0..<withTLS { connections.append(try examination.open()) }
            start = .now
            exchange = try examination.ask(examination.base + "/")
        } catch {
            if error.isRefusal { return [Self.limitNote(connections.count, received: "\(error)")] }
            return [
                Finding(
                    .warning,
                    "With \(connections.count) idle connections, another one is not served: \(error).",
                    sent: "\(connections.count) connections that send nothing, then another one",
                    received: "\(error)",
                    remedy: remedy
                )
            ]
        }
        let time = ContinuousClock.now - start
        let count = connections.count
        connections = []
        if !exchange.isAnswered, [.finished, .reset].contains(exchange.end) {
            return [Self.limitNote(count, received: exchange.receivedText)]
        }
        guard home.isSameKind(as: exchange) else {
            let title = "With \(count) idle connections, the home page is answered with \(exchange.outcome)."
            return [Finding(.warning, title, exchange, remedy: remedy)]
        }
        return [.note("With \(count) idle connections, the home page takes \(time.seconds).")]
    }

    /// A server that closes one connection too many at once does not wait for the others: it counts.
    private static func limitNote(_ count: Int, received: String) -> Finding {
        .note(
            "With up to \(count) idle connections, another one is closed at once: the server has a limit. One by address keeps its other visitors served; one for all visitors together has to be far higher.",
            sent: "\(count) connections that send nothing, then another one",
            received: received
        )
    }
}

extension ProbeError {
    /// Whether the server said no at once, rather than nothing for long.
    fileprivate var isRefusal: Bool {
        switch self {
        case .finished, .reset, .alert, .unreachable: true
        case .unresolvable, .silence, .tls, .settings: false
        }
    }
}

extension Examination {
    /// Sends half of a request and resets the connection.
    fileprivate func vanish(in request: [UInt8]) throws(ProbeError) {
        let connection = try self.open()
        try connection.send(request.prefix(request.count / 2), deadline: self.deadline())
        connection.resetWhenDone()
    }
}
