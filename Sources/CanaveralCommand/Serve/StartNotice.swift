import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore

/// What a server says when it has started: what it serves, where, and by which fingerprint it is known.
struct StartNotice {
    let folder: String
    let hosts: [Host]
    let certificate: ServiceCertificate
    let running: RunningServer

    func print() {
        let leaf = self.certificate.identity.current.leaf
        Terminal.notice(Terminal.styled("Canaveral \(Canaveral.version)", .bold))
        self.line("Serving", Terminal.harmless(self.folder))
        for url in self.urls() {
            self.line("At", Terminal.styled(url, .cyan))
        }
        for address in self.running.addresses {
            self.line("Listening", Self.text(address))
        }
        let end = leaf.notAfter.map { ", valid until \($0.description.prefix(10))" } ?? ""
        self.line(
            "Certificate",
            "\(leaf.publicKeyAlgorithm ?? "unknown")\(end), \(Terminal.harmless(self.certificate.origin))"
        )
        self.line("Fingerprint", leaf.fingerprint.spelled(.jetforce))
        if let key = leaf.publicKeyFingerprint {
            self.line("Public key", key.spelled(.jetforce))
        }
        Terminal.notice(Terminal.styled("Press Control-C to stop.", .dim))
    }

    private func line(_ label: String, _ text: String) {
        let padding = String(repeating: " ", count: max(1, 13 - label.count))
        Terminal.notice("  \(Terminal.styled(label, .dim))\(padding)\(text)")
    }

    /// A URL for each host, with the port where it is not Gemini's own.
    private func urls() -> [String] {
        let port = self.running.addresses.first?.port ?? Int(GeminiURL.defaultPort)
        return self.hosts.map { "gemini://\($0)\(port == Int(GeminiURL.defaultPort) ? "" : ":\(port)")/" }
    }

    private static func text(_ address: SocketAddress) -> String {
        let host = address.ipAddress ?? "?"
        return "\(host.contains(":") ? "[\(host)]" : host):\(address.port ?? 0)"
    }
}
