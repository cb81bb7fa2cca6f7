import GeminiProtocol
import GeminiTLS
import Logging
import NIOPosix

/// Looks after the certificates of a running server: those that look after themselves are renewed when their time has
/// come, those in files are read again when the files change, and new connections see the new ones. Connections under way
/// notice nothing.
struct CertificateUpkeep: Sendable {
    let hosts: [VirtualHost]
    /// Whether there is a listener where certificates are shown.
    let isShown: Bool
    let contexts: TLSContexts
    let metrics: ServerMetrics
    let logger: Logger
    /// The time between two looks at certificates that look after themselves. The moment itself is not waited for, since
    /// clocks are set and machines sleep.
    var renewalInterval: Duration = .seconds(3600)
    /// The time between two looks at files; `nil`: they are read again when somebody asks for it, and only then.
    var fileInterval: Duration?
    var now: @Sendable () -> Timestamp = { .now }

    init(_ configuration: ServerConfiguration, _ environment: ConnectionEnvironment) {
        self.hosts = configuration.hosts
        self.isShown = configuration.listeners.contains(where: \.tls)
        self.contexts = environment.contexts
        self.metrics = environment.metrics
        self.logger = configuration.logger
        self.fileInterval = configuration.certificateCheckInterval
    }

    private var automatic: [AutomaticIdentity] {
        Self.distinct(
            self.hosts.compactMap { host in
                if case .automatic(let identity) = host.identity.source { identity } else { nil }
            }
        )
    }

    private var files: [FileIdentity] {
        Self.distinct(
            self.hosts.compactMap { host in
                if case .files(let identity) = host.identity.source { identity } else { nil }
            }
        )
    }

    private static func distinct<Object: AnyObject>(_ objects: [Object]) -> [Object] {
        var seen: Set<ObjectIdentifier> = []
        return objects.filter { seen.insert(ObjectIdentifier($0)).inserted }
    }

    /// The time between two looks; `nil` where there is nothing to look at.
    var interval: Duration? {
        let intervals = [
            self.automatic.isEmpty ? nil : self.renewalInterval, self.files.isEmpty ? nil : self.fileInterval,
        ]
        return intervals.compactMap(\.self).min()
    }

    /// Looks again and again until the task is cancelled.
    func run() async {
        guard let interval = self.interval else { return }
        var nextRenewal = ContinuousClock.now + self.renewalInterval
        while (try? await Task.sleep(for: interval)) != nil {
            if self.fileInterval != nil { await self.lookAtFiles() }
            guard ContinuousClock.now >= nextRenewal else { continue }
            await self.renewDue()
            nextRenewal = ContinuousClock.now + self.renewalInterval
        }
    }

    /// Renews the certificates whose time has come.
    func renewDue() async {
        let now = self.now()
        let automatic = self.automatic
        await self.change {
            automatic.count { $0.isDue(at: now) && self.renew($0, at: now) } > 0
        }
    }

    /// Reads the files that have changed.
    func lookAtFiles() async {
        let now = self.now()
        let files = self.files
        await self.change {
            files.count { self.use($0.look(at: now), of: $0) } > 0
        }
    }

    /// Reads all files, because somebody asks for it.
    func reloadFiles() async {
        let now = self.now()
        let files = self.files
        await self.change {
            files.count { self.use($0.reload(at: now), of: $0) } > 0
        }
    }

    /// Shows the certificates as they stand.
    func showCurrent() async {
        await self.change { true }
    }

    /// Shows what has changed, if anything has.
    ///
    /// - Parameter hasChanged: on a thread of its own: the files and the signing are nothing for those that tasks share.
    private func change(_ hasChanged: @escaping @Sendable () -> Bool) async {
        try? await NIOThreadPool.singleton.runIfActive {
            guard hasChanged() else { return }
            do {
                try self.contexts.exchange { try TLSContexts.Table(hosts: self.hosts, reusing: $0) }
                self.count()
            } catch {
                self.logger.error("The new certificates cannot be shown: \(error)")
            }
        }
    }

    /// Tells the metrics when each certificate that is shown ends.
    func count() {
        self.metrics.shows(self.isShown ? self.hosts.map(\.certificate) : [])
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

    /// Says what has become of a certificate in files.
    private func use(_ finding: FileIdentity.Finding, of identity: FileIdentity) -> Bool {
        switch finding {
        case .unchanged:
            return false
        case .restored:
            self.logger.notice("The certificate in \(identity.files.certificatePath) is in order again.")
            return false
        case .refused(let error):
            self.logger.error(
                "A certificate was changed but not for one that can be used, so the old one stays: \(error)"
            )
            return false
        case .replaced(let replacement):
            let key =
                replacement.keepsKey
                ? "with the same key" : "with another key, which visitors who know the old one will be asked about"
            let end = replacement.new.leaf.notAfter.map { " until \($0)" } ?? ""
            self.logger.notice("The certificate in \(identity.files.certificatePath) was replaced \(key)\(end).")
            for warning in replacement.new.warnings { self.logger.warning("\(warning)") }
            return true
        }
    }
}
