import CanaveralConfiguration
import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore

/// What a server says when it has started: what it serves, where, and by which fingerprint it is known.
struct StartNotice {
    /// The configuration's file, where there is one.
    let file: String?
    let configuration: Configuration
    /// The certificate of the host that flags speak of.
    let certificate: ServiceCertificate?
    /// The hosts that it shows.
    let hosts: [VirtualHost]
    let running: RunningServer

    /// Of many hosts, so many are named.
    private static let shownHosts = 8

    func print() {
        Terminal.notice(Terminal.styled("Canaveral \(Canaveral.version)", .bold))
        if let file { self.line("Following", Terminal.harmless(file)) }
        if self.file == nil, let root = self.configuration.hosts.first?.content.root {
            self.line("Serving", Terminal.harmless(root))
        }
        let urls = self.urls()
        for url in urls.prefix(Self.shownHosts) {
            self.line("At", Terminal.styled(url, .cyan))
        }
        if urls.count > Self.shownHosts { self.line("", "and \(urls.count - Self.shownHosts) more") }
        for address in self.running.addresses {
            self.line("Listening", Self.text(address))
        }
        if self.configuration.isInClear {
            self.line("No TLS", "all is in the clear, and no certificate shown: a tunnel or proxy before this encrypts")
        } else if let certificate {
            self.print(certificate)
        } else {
            self.printKeys()
        }
        if !ProgramLog.isJournal { Terminal.notice(Terminal.styled("Press Control-C to stop.", .dim)) }
    }

    private func print(_ certificate: ServiceCertificate) {
        let leaf = certificate.identity.current.leaf
        let end = leaf.notAfter.map { ", valid until \($0.description.prefix(10))" } ?? ""
        self.line(
            "Certificate",
            "\(leaf.publicKeyAlgorithm ?? "unknown")\(end), \(Terminal.harmless(certificate.origin))"
        )
        self.line("Fingerprint", leaf.fingerprint.spelled(.jetforce))
        if let key = leaf.publicKeyFingerprint {
            self.line("Public key", key.spelled(.jetforce))
        }
    }

    /// By which public key each host is known.
    private func printKeys() {
        for host in self.hosts.prefix(Self.shownHosts) {
            let names = host.names.map(\.description) + host.wildcards.map(\.description)
            guard let key = host.identity.current.leaf.publicKeyFingerprint, let name = names.first else { continue }
            self.line("Public key", "\(key.spelled(.jetforce)) of \(name)")
        }
    }

    private func line(_ label: String, _ text: String) {
        let padding = String(repeating: " ", count: max(1, 13 - label.count))
        Terminal.notice("  \(Terminal.styled(label, .dim))\(padding)\(text)")
    }

    /// A URL for each host, with the port where it is not Gemini's own.
    private func urls() -> [String] {
        let port =
            self.configuration.listeners.compactMap(\.publicPort).first
            ?? self.running.addresses.compactMap(\.port).first ?? Int(GeminiURL.defaultPort)
        let suffix = port == Int(GeminiURL.defaultPort) ? "" : ":\(port)"
        let hosts = self.file == nil ? Array(self.configuration.hosts.prefix(1)) : self.configuration.hosts
        return hosts.flatMap { host in
            self.file == nil ? host.names : Array(host.names.prefix(1))
        }.map { "gemini://\($0)\(suffix)/" }
    }

    private static func text(_ address: SocketAddress) -> String {
        if let path = address.pathname { return "unix:\(Terminal.harmless(path))" }
        let host = address.ipAddress ?? "?"
        return "\(host.contains(":") ? "[\(host)]" : host):\(address.port ?? 0)"
    }
}
