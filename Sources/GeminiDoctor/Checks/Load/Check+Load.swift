import GeminiProbe

extension Check {
    static let load = [concurrent, manyConnections]

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
        let vanishing = try examination.open()
        try vanishing.send(request.prefix(request.count / 2), deadline: examination.deadline())
        vanishing.resetWhenDone()

        var findings: [Finding] = []
        let remedy = "Serve each connection by itself."
        let second = try examination.ask(request)
        if !home.isSameKind(as: second) {
            let title = "While another request is unfinished, the home page is answered with \(second.outcome)."
            findings.append(Finding(.warning, title, second, remedy: remedy))
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
        for count in 0..<(withoutTLS + withTLS) {
            do throws(ProbeError) {
                connections.append(count < withoutTLS ? try examination.connect() : try examination.open())
            } catch {
                return [
                    Finding(
                        .warning,
                        "With \(count) idle connections, another one is not served: \(error).",
                        sent: "\(count) connections that send nothing, then another one",
                        received: "\(error)",
                        remedy: remedy
                    )
                ]
            }
        }
        let start = ContinuousClock.now
        let exchange = try examination.ask(examination.base + "/")
        let time = ContinuousClock.now - start
        let count = connections.count
        connections = []
        guard home.isSameKind(as: exchange) else {
            let title = "With \(count) idle connections, the home page is answered with \(exchange.outcome)."
            return [Finding(.warning, title, exchange, remedy: remedy)]
        }
        return [.note("With \(count) idle connections, the home page takes \(time.seconds).")]
    }
}
