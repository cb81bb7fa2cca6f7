import GeminiProbe

extension Check {
    /// TLS 1.3 and 1.2, and what they agree on.
    static let versions = Check(
        "tls-versions",
        ["GP-002", "DG-03", "DA-17"],
        "TLS 1.3 and 1.2 are spoken",
        theme: .tls
    ) { examination, _ throws(ProbeError) in
        var findings: [Finding] = []
        for version in [TLSVersion.v1_3, .v1_2] {
            let context = try TLSContext(TLSSettings(versions: version...version))
            let connection = try examination.connect()
            do throws(ProbeError) {
                let agreement = try connection.startTLS(
                    context,
                    serverName: examination.serverName,
                    deadline: examination.deadline()
                )
                let group = agreement.group.map { ", \($0)" } ?? ""
                findings.append(.note("\(version) is spoken, with \(agreement.cipherSuite)\(group)."))
            } catch {
                findings.append(
                    version == .v1_3
                        ? Finding(
                            .warning,
                            rows: ["GP-002", "DG-03"],
                            "TLS 1.3 is not spoken: \(error).",
                            remedy: "Allow TLS 1.3: in 1.2 the certificates of visitors travel in clear."
                        )
                        : .note("TLS 1.2 is not spoken, which shuts some older clients out: \(error).")
                )
            }
        }
        return findings
    }

    /// TLS 1.1 and 1.0 are refused.
    static let oldVersions = Check(
        "tls-old",
        ["GP-002"],
        "TLS 1.1 and older are refused",
        theme: .tls
    ) { examination, _ throws(ProbeError) in
        var findings: [Finding] = []
        for version in [TLSVersion.v1_1, .v1_0] {
            let context = try TLSContext(TLSSettings(versions: version...version))
            let connection = try examination.connect()
            let agreement: ProbeConnection.Agreement
            do throws(ProbeError) {
                agreement = try connection.startTLS(
                    context,
                    serverName: examination.serverName,
                    deadline: examination.deadline()
                )
            } catch {
                continue
            }
            findings.append(
                Finding(
                    .violation,
                    "\(version) is accepted.",
                    sent: "a handshake that offers \(version) only",
                    received: "\(agreement.version) with \(agreement.cipherSuite)",
                    remedy: "Set the minimum version of TLS to 1.2."
                )
            )
        }
        return findings
    }

    /// Nothing but TLS is spoken.
    static let plaintext = Check(
        "plaintext",
        ["GP-003", "GP-002", "DG-07"],
        "A connection without TLS gets no byte",
        theme: .tls
    ) { examination, _ throws(ProbeError) in
        let request = Self.line(examination.base)
        let connection = try examination.connect()
        var exchange = Exchange(request: request, remark: "without TLS")
        do throws(ProbeError) {
            try connection.send(request, deadline: examination.deadline())
        } catch {
            return []
        }
        let deadline = examination.deadline()
        while case .bytes(let bytes) = connection.next(deadline: deadline), exchange.response.count < 65_536 {
            exchange.response += bytes
        }
        guard exchange.isAnswered else { return [] }
        exchange.end = .closeNotify
        if exchange.received != nil {
            return [
                Finding(
                    .violation,
                    rows: ["GP-002"],
                    "A request without TLS is answered.",
                    exchange,
                    remedy: "Answer inside of TLS only."
                )
            ]
        }
        return [
            Finding(
                .warning,
                rows: ["GP-003", "DG-07"],
                "A connection without TLS gets \(exchange.response.count) bytes.",
                exchange,
                remedy: "Close without a byte, not even a TLS alert, when the first byte is not 0x16."
            )
        ]
    }
}
