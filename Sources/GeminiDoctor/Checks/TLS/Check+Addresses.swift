import GeminiProbe
import GeminiProtocol
import GeminiTLS

extension Check {
    /// Every address of the host answers, and shows the same key.
    static let addresses = Check(
        "addresses",
        ["DG-01", "DG-02", "GP-171"],
        "Every address of the host answers with the same certificate",
        theme: .tls
    ) { examination, _ throws(ProbeError) in
        guard examination.isAddressResolved, !examination.url.host.isIPAddress else {
            return [.note("The server was reached at \(examination.address).")]
        }
        var findings = [
            Finding.note("The host has the addresses \(examination.addresses.map(\.host).joined(separator: " and ")).")
        ]
        var keys: Set<[UInt8]?> = []
        for address in examination.addresses {
            do throws(ProbeError) {
                examination.awaitTurn()
                let connection = try ProbeConnection(to: address, deadline: examination.deadline())
                let agreement = try connection.startTLS(
                    examination.tls,
                    serverName: examination.serverName,
                    deadline: examination.deadline()
                )
                keys.insert(agreement.certificates.first.flatMap { Certificate(der: $0).publicKeyDER })
            } catch {
                findings.append(
                    Finding(
                        .warning,
                        rows: [address.isIPv6 ? "DG-02" : "DG-01"],
                        "The address \(address) does not answer: \(error).",
                        remedy: "Listen on this address too, or take it out of the DNS: clients try it first or last."
                    )
                )
            }
        }
        if keys.count > 1 {
            findings.append(
                Finding(
                    .warning,
                    rows: ["GP-171"],
                    "The addresses of the host show different keys.",
                    remedy: "Use one certificate for all addresses: clients that remember it warn of an attack."
                )
            )
        }
        return findings
    }
}
