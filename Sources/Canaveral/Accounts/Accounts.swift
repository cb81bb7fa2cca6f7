public import GeminiProtocol
public import GeminiServer
import GeminiTLS

/// The accounts of an application, in a ``Store``: who a visitor is, by any of several certificates.
///
/// ```swift
/// let accounts = Accounts(in: store)
///
/// guard let account = try await accounts.account(for: certificate) else {
///     return try await accounts.register(certificate, name: input)
/// }
/// ```
///
/// Every failure of a visitor's is an ``AccountError``, whose description is a sentence for the visitor. When two ask for
/// the same at once, such as a name, the store decides who has it.
///
/// Usable from any thread, and by several processes when the store is.
public struct Accounts: Sendable {
    /// What the application decides.
    public struct Configuration: Sendable {
        public var names = AccountNameRules()
        /// How long a pairing code is valid.
        public var pairingLifetime = Duration.seconds(600)
        /// How often codes may be tried, and how often phrases.
        public var guesses = GuessLimit()
        public var certificatesPerAccount = 16
        /// The largest size of an account's attributes, in bytes of their names and values.
        public var attributeBytes = 8192

        public init() {}
    }

    public let configuration: Configuration
    let store: any Store
    let now: @Sendable () -> Timestamp
    let randomBytes: @Sendable (Int) -> [UInt8]
    let slowHash: SlowHash

    /// - Parameters:
    ///   - store: where they are kept, in spaces that begin with `accounts`.
    ///   - configuration: what the application decides.
    ///   - now: the time; `nil` for the system's.
    ///   - randomBytes: as many random bytes as it is asked for; `nil` for the system's, which are fit for secrets.
    public init(
        in store: any Store,
        configuration: Configuration = Configuration(),
        now: (@Sendable () -> Timestamp)? = nil,
        randomBytes: (@Sendable (Int) -> [UInt8])? = nil
    ) {
        self.init(in: store, configuration: configuration, now: now, randomBytes: randomBytes, slowHash: SlowHash())
    }

    package init(
        in store: any Store,
        configuration: Configuration,
        now: (@Sendable () -> Timestamp)?,
        randomBytes: (@Sendable (Int) -> [UInt8])?,
        slowHash: SlowHash
    ) {
        self.store = store
        self.configuration = configuration
        self.now = now ?? { Timestamp.now }
        self.randomBytes =
            randomBytes ?? { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            }
        self.slowHash = slowHash
    }
}

extension Accounts {
    /// The account to which a certificate belongs; `nil` when there is none.
    ///
    /// A certificate that was renewed with the same key is the same. Its new end is written down.
    public func account(for certificate: ClientCertificate) async throws -> Account? {
        let id = AccountCertificate.ID(of: certificate)
        guard let account = try await self.account(through: Self.key(for: id)),
            let index = account.certificates.firstIndex(where: { $0.id == id })
        else { return nil }
        guard let renewed = certificate.notAfter, renewed > account.certificates[index].expires ?? renewed else {
            return account
        }
        do {
            return try await self.change(account.id) { account, _ in
                guard let index = account.certificates.firstIndex(where: { $0.id == id }) else {
                    throw AccountError.noCertificate
                }
                account.certificates[index].expires = renewed
            }
        } catch is AccountError {
            return nil
        }
    }

    /// The account with an identifier; `nil` when there is none (any more).
    public func account(_ id: Account.ID) async throws -> Account? {
        try await self.store.read(Self.key(for: id), as: AccountRecord.self)?.account(id)
    }

    /// The account with a name, in any case; `nil` when there is none.
    public func account(named name: String) async throws -> Account? {
        try await self.account(through: Self.key(forName: name))
    }

    /// Accounts in the order of their identifiers, which is no order of anything else.
    ///
    /// - Parameters:
    ///   - id: lists what comes behind this; `nil` to begin.
    ///   - limit: the largest number of accounts to return.
    public func accounts(after id: Account.ID? = nil, limit: Int = 100) async throws -> [Account] {
        var accounts: [Account] = []
        for key in try await self.store.keys(in: Self.space, prefix: "", after: id?.description, limit: limit) {
            if let account = try await self.account(Account.ID(key.id)) { accounts.append(account) }
        }
        return accounts
    }

    private func account(through key: StoreKey) async throws -> Account? {
        guard let id = try await self.store.read(key, as: String.self) else { return nil }
        return try await self.account(Account.ID(id))
    }
}

extension Accounts {
    static let space = "accounts"

    static func key(for id: Account.ID) -> StoreKey {
        StoreKey(space: Self.space, id: id.description)
    }

    static func key(forName name: String) -> StoreKey {
        StoreKey(space: "accounts.names", id: AccountNameRules.folded(name))
    }

    static func key(for id: AccountCertificate.ID) -> StoreKey {
        StoreKey(space: "accounts.certificates", id: id.description)
    }

    static func key(forPairing id: String) -> StoreKey {
        StoreKey(space: "accounts.pairing", id: id)
    }

    static func key(forRecovery id: String) -> StoreKey {
        StoreKey(space: "accounts.recovery", id: id)
    }

    /// Changes an account, together with whatever else the closure changes.
    ///
    /// - Throws: ``AccountError/noAccount`` when it is gone.
    @discardableResult
    func change(
        _ id: Account.ID,
        _ change: (inout Account, inout OpenTransaction) async throws -> Void
    ) async throws -> Account {
        try await self.store.transaction { transaction in
            var account = try await Self.account(id, in: &transaction)
            let before = account
            try await change(&account, &transaction)
            if account != before { try await Self.write(account, in: &transaction) }
            return account
        }
    }

    static func account(_ id: Account.ID, in transaction: inout OpenTransaction) async throws -> Account {
        guard let record = try await transaction.read(self.key(for: id), as: AccountRecord.self) else {
            throw AccountError.noAccount
        }
        return record.account(id)
    }

    static func write(_ account: Account, in transaction: inout OpenTransaction) async throws {
        try await transaction.write(AccountRecord(account), to: self.key(for: account.id), expires: .never)
    }
}
