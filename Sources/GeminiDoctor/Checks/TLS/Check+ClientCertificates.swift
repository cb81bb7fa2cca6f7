import GeminiProbe
import GeminiProtocol
import GeminiTLS

extension Check {
    /// A client certificate of any kind does no harm where none is needed.
    static let clientCertificates = Check(
        "client-certificates",
        ["GP-150", "GP-153", "DA-28", "H-3"],
        "Client certificates are asked for, and of any kind accepted",
        theme: .tls
    ) { examination, home throws(ProbeError) in
        let (plain, _) = try examination.open(examination.tls, serverName: examination.serverName)
        var findings: [Finding] = []
        if !plain.requestsCertificate {
            findings.append(
                Finding(
                    .warning,
                    rows: ["GP-150"],
                    "The server never asks for a client certificate.",
                    remedy: "Ask for one in every handshake without requiring it, where any page wants an identity."
                )
            )
        } else if plain.namedAuthorities > 0 {
            findings.append(
                Finding(
                    .warning,
                    rows: ["H-3"],
                    "The server names \(plain.namedAuthorities) certificate authorities when it asks for a certificate.",
                    remedy: "Send an empty list: clients do not offer self-signed certificates otherwise."
                )
            )
        }
        guard plain.requestsCertificate else { return findings }
        for (kind, identity) in try VisitorIdentity.all() {
            let context = try TLSContext(TLSSettings(identity: identity))
            let remark = "with \(kind) client certificate"
            let request = Self.line(examination.base + "/")
            let exchange: Exchange
            do throws(ProbeError) {
                let (connection, _) = try examination.open(context, serverName: examination.serverName)
                exchange = examination.ask(request, on: connection, remark: remark)
                // In TLS 1.3, what a server thinks of the certificate comes after the handshake only.
                if case .alert(let alert) = exchange.end { throw .alert(alert) }
            } catch {
                findings.append(
                    Finding(
                        .warning,
                        rows: ["GP-150"],
                        "A handshake \(remark) fails: \(error).",
                        sent: "a handshake \(remark)",
                        received: "\(error)",
                        remedy: "Accept any client certificate in the handshake, and judge it when a page asks for one."
                    )
                )
                continue
            }
            guard !home.isSameKind(as: exchange) else { continue }
            findings.append(
                Finding(
                    .warning,
                    rows: ["GP-153", "DA-28"],
                    "The home page is answered with \(exchange.outcome) to a client \(remark).",
                    exchange,
                    remedy: "Ignore client certificates on pages that need none."
                )
            )
        }
        return findings
    }
}

/// Certificates such as visitors have.
enum VisitorIdentity {
    static func all() throws(ProbeError) -> [(kind: String, identity: TLSSettings.Identity)] {
        do {
            let now = Timestamp.now
            let name = "doctor"
            let longAgo = now - .seconds(400 * 86_400)
            return [
                (
                    "a self-signed",
                    Self.settings(try Identity.generate(names: [], commonName: name, purpose: .client, at: now))
                ),
                (
                    "an expired",
                    Self.settings(
                        try Identity.generate(names: [], commonName: name, days: 30, purpose: .client, at: longAgo)
                    )
                ),
                (
                    "an Ed25519",
                    Self.settings(
                        try Identity.generate(
                            names: [],
                            commonName: name,
                            purpose: .client,
                            key: .generateEd25519(),
                            at: now
                        )
                    )
                ),
            ]
        } catch {
            throw .settings(reason: "\(error)")
        }
    }

    private static func settings(_ identity: Identity) -> TLSSettings.Identity {
        TLSSettings.Identity(certificates: identity.certificates.map(\.der), key: identity.privateKey.pkcs8)
    }
}
