public import GeminiProtocol
import GeminiTLS

extension KnownHosts {
    /// What is known of the server at a host and port.
    public func lookup(_ host: Host, port: UInt16 = GeminiURL.defaultPort) async throws(StorageError) -> KnownHost? {
        try await self.table()[host, port: port]
    }

    /// Every known host.
    public func all() async throws(StorageError) -> [KnownHost] {
        try await self.table().all
    }

    /// The certificates that a host had before the one that is known now, the latest first.
    public func history(
        of host: Host,
        port: UInt16 = GeminiURL.defaultPort
    ) async throws(StorageError) -> [KnownHost] {
        try await self.table().history(of: host, port: port)
    }

    /// Trusts a certificate from now on, whatever was known: the human's yes to ``TrustProblem/changed(known:presented:)``.
    ///
    /// - Parameters:
    ///   - certificate: the one that the server showed.
    ///   - host: the server's host.
    ///   - port: its port.
    ///   - now: when; the system's clock unless given.
    public func accept(
        _ certificate: ServerCertificate,
        host: Host,
        port: UInt16 = GeminiURL.defaultPort,
        at now: Timestamp? = nil
    ) async throws(StorageError) {
        var known = KnownHost(certificate, host: host, port: port)
        known.firstSeen = now ?? .now
        known.lastSeen = known.firstSeen
        let accepted = known
        try await self.update { $0.accept(accepted) }
    }

    /// Forgets a host with its history, so that it is met for the first time again.
    ///
    /// - Returns: whether it was known.
    @discardableResult
    public func forget(_ host: Host, port: UInt16 = GeminiURL.defaultPort) async throws(StorageError) -> Bool {
        try await self.update { $0.forget(host, port: port) }
    }

    /// Adds hosts that another program knows; ``KnownHostsFormat`` reads its file.
    ///
    /// - Returns: those that are known here by another key or certificate, or by a hash that theirs cannot be compared to;
    ///   nothing was done about them.
    @discardableResult
    public func add(_ hosts: [KnownHost]) async throws(StorageError) -> [KnownHost] {
        try await self.update { $0.add(hosts) }
    }

    /// Meets a server: decides by what is known now, and writes down what follows.
    ///
    /// Decision and note are one step. Of two connections that meet an unknown host at once, with two certificates, one
    /// makes the host known and the other finds it changed, also when they belong to two processes.
    ///
    /// - Throws: when the known hosts cannot be read, or a first contact cannot be written down. A note that a server
    ///   was seen again may fail: it is trusted for what is known.
    func meet(
        _ server: KnownHost,
        by match: KnownHost.Match,
        at now: Timestamp
    ) async throws(StorageError) -> KnownHostsTable.Meeting {
        let meeting = try await self.table().meeting(server, by: match, at: now)
        switch meeting {
        case .same(isDue: false), .changed, .damaged:
            return meeting
        case .same(isDue: true), .renewed:
            do throws(StorageError) {
                return try await self.update { $0.meet(server, by: match, at: now) }
            } catch {
                return meeting
            }
        case .first, .succeeded:
            return try await self.update { $0.meet(server, by: match, at: now) }
        }
    }
}
