import GeminiServer

extension Accounts {
    /// Takes a certificate from an account, which cannot come with it any more.
    ///
    /// - Parameters:
    ///   - certificate: which of the account's ``Account/certificates``.
    ///   - id: the account.
    ///   - evenTheLast: also when nobody can come to the account afterwards, neither with a certificate nor by a phrase.
    /// - Throws: ``AccountError/noCertificate``, ``AccountError/lastCertificate``.
    @discardableResult
    public func remove(
        _ certificate: AccountCertificate.ID,
        from id: Account.ID,
        evenTheLast: Bool = false
    ) async throws -> Account {
        try await self.change(id) { account, transaction in
            guard let index = account.certificates.firstIndex(where: { $0.id == certificate }) else {
                throw AccountError.noCertificate
            }
            guard account.certificates.count > 1 || account.hasRecoveryPhrase || evenTheLast else {
                throw AccountError.lastCertificate
            }
            account.certificates.remove(at: index)
            transaction.delete(Self.key(for: certificate))
        }
    }

    /// Calls a certificate something else.
    ///
    /// - Throws: ``AccountError/noCertificate``.
    @discardableResult
    public func label(
        _ certificate: AccountCertificate.ID,
        of id: Account.ID,
        _ label: String
    ) async throws -> Account {
        try await self.change(id) { account, _ in
            guard let index = account.certificates.firstIndex(where: { $0.id == certificate }) else {
                throw AccountError.noCertificate
            }
            account.certificates[index].label = AccountCertificate.label(label)
        }
    }

    /// The certificates of an account that end within this time, the next to end first: for a notice to their owner.
    public func certificates(of account: Account, expiringWithin duration: Duration) -> [AccountCertificate] {
        account.certificates(expiringWithin: duration, at: self.now())
    }

    /// Adds a certificate to an account.
    ///
    /// - Parameter replacingOldest: whether the oldest makes room where there are as many as there may be.
    func add(
        _ certificate: ClientCertificate,
        label: String?,
        to account: inout Account,
        in transaction: inout OpenTransaction,
        replacingOldest: Bool = false
    ) async throws {
        let id = AccountCertificate.ID(of: certificate)
        switch try await transaction.read(Self.key(for: id), as: String.self) {
        case nil: break
        case account.id.description: return
        default: throw AccountError.certificateTaken
        }
        let limit = self.configuration.certificatesPerAccount
        if replacingOldest, account.certificates.count >= limit, let oldest = account.certificates.first {
            transaction.delete(Self.key(for: oldest.id))
            account.certificates.removeFirst()
        }
        guard account.certificates.count < limit else {
            throw AccountError.tooManyCertificates(limit: limit)
        }
        account.certificates.append(AccountCertificate(certificate, label: label, added: self.now()))
        try await transaction.write(account.id.description, to: Self.key(for: id), expires: .never)
    }
}
