package import GeminiProtocol
import NIOConcurrencyHelpers

/// The identity of a host whose certificate looks after itself. Thread-safe; all methods wait for the disk.
package final class AutomaticIdentity: Sendable {
    package let names: [String]
    private let commonName: String?
    private let days: Int
    private let directory: StateDirectory
    private let provided: NIOLockedValueBox<ProvidedIdentity>

    /// Takes what is kept for these names, making or renewing it as it is needed.
    ///
    /// - Parameter replacing: whether to make a new key and certificate whatever is there.
    package init(
        names: [String],
        commonName: String? = nil,
        days: Int = 3650,
        directory: StateDirectory,
        replacing: Bool = false,
        at now: Timestamp = .now
    ) throws(IdentityError) {
        self.names = names
        self.commonName = commonName
        self.days = days
        self.directory = directory
        let provided =
            replacing
            ? try directory.generateIdentity(for: names, commonName: commonName, days: days, at: now)
            : try directory.identity(for: names, commonName: commonName, days: days, at: now)
        self.provided = NIOLockedValueBox(provided)
    }

    /// Takes what is kept for each of many hosts, making or renewing it as it is needed.
    ///
    /// - Parameter hosts: the names of each.
    package static func make(
        hosts: [[String]],
        days: Int = 3650,
        directory: StateDirectory,
        at now: Timestamp = .now
    ) throws(IdentityError) -> [AutomaticIdentity] {
        let provided = try directory.identities(for: hosts, days: days, at: now)
        return zip(hosts, provided).map { AutomaticIdentity(names: $0, days: days, directory: directory, provided: $1) }
    }

    private init(names: [String], days: Int, directory: StateDirectory, provided: ProvidedIdentity) {
        self.names = names
        self.commonName = nil
        self.days = days
        self.directory = directory
        self.provided = NIOLockedValueBox(provided)
    }

    package var current: Identity {
        self.lastProvided.identity
    }

    /// What was done last, and where it is kept.
    package var lastProvided: ProvidedIdentity {
        self.provided.withLockedValue { $0 }
    }

    /// Whether ``renew(at:)`` would do anything.
    package func isDue(at now: Timestamp) -> Bool {
        let identity = self.current
        return identity.isUnsaved || identity.isSelfSigned && now >= identity.renewalDate
    }

    /// Looks after the certificate: renews it with the same key when its time has come, and tries again to keep one that
    /// could not be written before.
    ///
    /// - Returns: what is used from now on, or `nil` if nothing was to be done.
    package func renew(at now: Timestamp) throws(IdentityError) -> ProvidedIdentity? {
        guard self.isDue(at: now) else { return nil }
        let before = self.lastProvided
        if before.identity.isUnsaved, now < before.identity.renewalDate {
            var saved = before
            saved.identity.warnings.removeAll(where: \.isUnsaved)
            try self.directory.save(saved.identity, at: saved.path)
            self.provided.withLockedValue { $0 = saved }
            return nil
        }
        let renewed = try self.directory.identity(
            for: self.names,
            commonName: self.commonName,
            days: self.days,
            at: now
        )
        self.provided.withLockedValue { $0 = renewed }
        return renewed
    }
}

extension Identity {
    /// Whether it is in memory alone.
    package var isUnsaved: Bool {
        self.warnings.contains(where: \.isUnsaved)
    }
}

extension IdentityWarning {
    fileprivate var isUnsaved: Bool {
        if case .notSaved = self { true } else { false }
    }
}
