import GeminiProbe

extension Check {
    /// Sessions can be resumed, or at least offered without harm.
    static let resumption = Check(
        "resumption",
        ["GP-160", "GP-161"],
        "A resumed TLS session works like a new one",
        theme: .tls
    ) { examination, home throws(ProbeError) in
        var findings: [Finding] = []
        for version in [TLSVersion.v1_3, .v1_2] {
            let context = try TLSContext(TLSSettings(versions: version...version))
            let request = Self.line(examination.base + "/")
            let first: ProbeConnection
            do throws(ProbeError) {
                (first, _) = try examination.open(context, serverName: examination.serverName)
            } catch .alert, .tls {
                // The version is not spoken.
                continue
            }
            _ = examination.ask(request, on: first)
            guard var session = first.sessions.last else {
                findings.append(.note("\(version): the server gives out no sessions to resume."))
                continue
            }
            if session.allowsEarlyData {
                findings.append(
                    Finding(
                        .warning,
                        rows: ["GP-161"],
                        "\(version): the server accepts early data (0-RTT), which an attacker can repeat.",
                        remedy: "Turn early data off."
                    )
                )
            }
            var resumed = 0
            for attempt in 1...2 {
                let remark = "resuming a session of \(version), time \(attempt)"
                let remedy = "Accept the tickets that the server gives out, or give out none."
                let exchange: Exchange
                do throws(ProbeError) {
                    let (next, agreement) = try examination.open(
                        context,
                        serverName: examination.serverName,
                        session: session
                    )
                    exchange = examination.ask(request, on: next, remark: remark)
                    resumed += agreement.isResumed ? 1 : 0
                    session = next.sessions.last ?? session
                } catch {
                    let title = "\(version): a handshake that offers a session fails: \(error)."
                    findings.append(
                        Finding(.warning, rows: ["GP-160"], title, sent: remark, received: "\(error)", remedy: remedy)
                    )
                    break
                }
                if !home.isSameKind(as: exchange) {
                    let title =
                        "\(version): the home page is answered with \(exchange.outcome) after a session was offered."
                    findings.append(Finding(.warning, rows: ["GP-160"], title, exchange, remedy: remedy))
                    break
                }
            }
            switch resumed {
            case 2: findings.append(.note("\(version): sessions are resumed."))
            case 1:
                findings.append(
                    Finding(
                        .warning,
                        rows: ["GP-160"],
                        "\(version): a session is resumed only sometimes.",
                        remedy: "Share the keys of tickets among the server's processes."
                    )
                )
            default: findings.append(.note("\(version): sessions that are offered are not resumed."))
            }
        }
        return findings
    }
}
