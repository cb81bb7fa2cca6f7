public import GeminiServer

extension Accounts {
    /// Makes a phrase with which the account's owner comes back without a certificate. It takes the place of an earlier one.
    ///
    /// - Throws: ``AccountError/noAccount``.
    public func recoveryPhrase(for id: Account.ID) async throws -> RecoveryPhrase {
        let phrase = RecoveryPhrase(bytes: self.randomBytes(2 * RecoveryPhrase.length))
        let token = try await self.token(for: phrase.description)
        try await self.change(id) { account, transaction in
            if let earlier = account.recovery { transaction.delete(Self.key(forRecovery: earlier)) }
            let key = Self.key(forRecovery: token.id)
            try await transaction.write(token.entry(for: id), to: key, expires: .never)
            account.recovery = token.id
        }
        return phrase
    }

    /// Adds a certificate to the account of a recovery phrase. The phrase goes on being valid. Where the account has as many
    /// certificates as it may, the oldest goes: whoever needs the phrase has none with which to remove one.
    ///
    /// - Parameters:
    ///   - phrase: what the visitor typed, in any case.
    ///   - certificate: what the visitor came with.
    ///   - label: what the visitor calls it, `nil` for the name in it.
    /// - Throws: ``AccountError/wrongPhrase``, ``AccountError/tooManyGuesses(until:)``, and those of the certificate.
    public func recover(
        _ phrase: String,
        with certificate: ClientCertificate,
        label: String? = nil
    ) async throws -> Account {
        try await self.countGuess(of: "phrase", by: certificate)
        guard let canonical = RecoveryPhrase.canonical(phrase) else { throw AccountError.wrongPhrase }
        let token = try await self.token(for: canonical)
        return try await self.store.transaction { transaction in
            let key = Self.key(forRecovery: token.id)
            guard let entry = try await transaction.read(key, as: SecretToken.Entry.self),
                token.isRecognised(by: entry)
            else { throw AccountError.wrongPhrase }
            var account = try await Self.account(Account.ID(entry.account), in: &transaction)
            try await self.add(certificate, label: label, to: &account, in: &transaction, replacingOldest: true)
            try await Self.write(account, in: &transaction)
            return account
        }
    }

    private func token(for phrase: String) async throws -> SecretToken {
        SecretToken(hash: try await self.slowHash.hash(phrase, salt: try await self.secret()))
    }
}
