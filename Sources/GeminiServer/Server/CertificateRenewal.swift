import GeminiProtocol
import GeminiTLS
import Logging
import NIOPosix

/// Looks after the certificates of a running server: those that look after themselves are renewed when their time has
/// come, and new connections see the new ones. Connections under way notice nothing.
struct CertificateRenewal: Sendable {
    let hosts: [VirtualHost]
    let contexts: TLSContexts
    let metrics: ServerMetrics
    let logger: Logger
    /// The time between two looks. The moment itself is not waited for, since clocks are set and machines sleep.
    var interval: Duration = .seconds(3600)
    var now: @Sendable () -> Timestamp = { .now }

    private var automatic: [AutomaticIdentity] {
        self.hosts.compactMap { host in
            if case .automatic(let identity) = host.identity.source { identity } else { nil }
        }
    }

    /// Whether any host's certificate looks after itself.
    var isNeeded: Bool {
        !self.automatic.isEmpty
    }

    /// Looks again and again until the task is cancelled.
    func run() async {
        while (try? await Task.sleep(for: self.interval)) != nil {
            await self.look()
        }
    }

    /// One look.
    func look() async {
        let now = self.now()
        let due = self.automatic.filter { $0.isDue(at: now) }
        guard !due.isEmpty else { return }
        // The files and the signing are nothing for the threads that tasks share.
        try? await NIOThreadPool.singleton.runIfActive {
            let renewed = due.count { self.renew($0, at: now) }
            guard renewed > 0 else { return }
            self.metrics.shows(self.hosts.map(\.shownCertificate))
            do {
                self.contexts.replace(with: try TLSContexts.Table(hosts: self.hosts))
            } catch {
                self.logger.error("The renewed certificates cannot be shown: \(error)")
            }
        }
    }

    /// Renews one certificate; what keeps it from that keeps no other.
    private func renew(_ identity: AutomaticIdentity, at now: Timestamp) -> Bool {
        let names = identity.names.joined(separator: ", ")
        do {
            guard let renewed = try identity.renew(at: now) else { return false }
            let end = renewed.identity.leaf.notAfter.map { " until \($0)" } ?? ""
            self.logger.notice("The certificate for \(names) was renewed with the same key\(end).")
            for warning in renewed.identity.warnings { self.logger.warning("\(warning)") }
            return true
        } catch {
            self.logger.error("The certificate for \(names) could not be renewed, and will be tried again: \(error)")
            return false
        }
    }
}
