import GeminiProbe

extension Check {
    /// A client without SNI is served.
    static let missingServerName = Check(
        "sni-absent",
        ["GP-007"],
        "A client that sends no server name is served",
        theme: .tls
    ) { examination, home throws(ProbeError) in
        guard examination.serverName != nil else { return [] }
        let remedy = "Show a default certificate, and choose the host by the URL of the request."
        let connection = try examination.connect()
        do throws(ProbeError) {
            try connection.startTLS(examination.tls, serverName: nil, deadline: examination.deadline())
        } catch {
            let title = "A handshake without a server name (SNI) fails: \(error)."
            return [Finding(.warning, title, sent: "a handshake without SNI", received: "\(error)", remedy: remedy)]
        }
        let request = Self.line(examination.base + "/")
        let exchange = examination.ask(request, on: connection, remark: "without SNI")
        guard !home.isSameKind(as: exchange) else { return [] }
        let title = "Without a server name (SNI), the home page is answered with \(exchange.outcome)."
        return [Finding(.warning, title, exchange, remedy: remedy)]
    }

    /// A client with a name that is not served gets through the handshake.
    static let unknownServerName = Check(
        "sni-unknown",
        ["DA-15", "DA-14", "GP-004"],
        "A client that sends an unknown server name gets an answer",
        theme: .tls
    ) { examination, _ throws(ProbeError) in
        let name = "doctor.invalid"
        let remedy = "Finish the handshake with a default certificate and answer 53: a client can show that."
        let connection = try examination.connect()
        do throws(ProbeError) {
            try connection.startTLS(examination.tls, serverName: name, deadline: examination.deadline())
        } catch {
            let title = "A handshake with an unknown server name (SNI) fails: \(error)."
            return [Finding(.warning, title, sent: "SNI \(name)", received: "\(error)", remedy: remedy)]
        }
        let request = Self.line("gemini://\(name)/")
        let exchange = examination.ask(request, on: connection, remark: "SNI \(name)")
        let refusal = Refusal(codes: [53, 59], accepted: .warning)
        return [refusal.finding(exchange, "An unknown host, in SNI and URL,", remedy: remedy)].compactMap { $0 }
    }
}
