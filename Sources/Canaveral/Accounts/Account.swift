public import GeminiProtocol

/// Somebody whom an application knows by one or several certificates. ``Accounts`` makes, finds and changes them.
///
/// A value: it shows the account as it was when it was read.
public struct Account: Sendable, Hashable, Identifiable {
    /// Stays the same as long as there is the account.
    public let id: ID
    /// The name, as it was written when it was chosen. No two accounts have names that differ only in case.
    public internal(set) var name: String
    public let created: Timestamp
    /// What its owner comes with, the oldest first. Empty only after the last was removed on purpose.
    public internal(set) var certificates: [AccountCertificate]
    /// Whether there is a phrase with which the owner can come back without a certificate.
    public var hasRecoveryPhrase: Bool { self.recovery != nil }
    /// What the application keeps with the account: roles, membership, preferences. Small; larger things have a key of their
    /// own in the store, with the account's ``id`` in it.
    public internal(set) var attributes: [String: String]

    /// Which entry has the recovery phrase.
    var recovery: String?
    /// Which entry has the pairing code that was made last.
    var pairing: String?

    /// The certificates that are no longer valid in this time, the next to expire first; those that have expired as well.
    public func certificates(expiringWithin duration: Duration, at now: Timestamp) -> [AccountCertificate] {
        self.certificates
            .filter { $0.expires.map { $0 <= now + duration } ?? false }
            .sorted { ($0.expires ?? now) < ($1.expires ?? now) }
    }
}
