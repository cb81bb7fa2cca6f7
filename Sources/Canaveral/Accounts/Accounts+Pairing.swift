public import GeminiServer

extension Accounts {
    /// Makes a code with which another device, that comes with a certificate of its own, joins the account.
    ///
    /// It is valid once, for ten minutes unless configured otherwise, and until the next one is made.
    ///
    /// - Throws: ``AccountError/noAccount``.
    public func pairingCode(for id: Account.ID) async throws -> PairingCode {
        let secret = try await self.secret()
        return try await self.store.transaction { transaction in
            var account = try await Self.account(id, in: &transaction)
            let bytes = self.randomBytes(PairingCode.length)
            let code = PairingCode(bytes: bytes, expires: self.now() + self.configuration.pairingLifetime)
            let token = SecretToken(code: code.canonical, secret: secret)
            if let earlier = account.pairing { transaction.delete(Self.key(forPairing: earlier)) }
            let key = Self.key(forPairing: token.id)
            try await transaction.write(token.entry(for: id), to: key, expires: .at(code.expires))
            account.pairing = token.id
            try await Self.write(account, in: &transaction)
            return code
        }
    }

    /// Adds a certificate to the account for which a code was made.
    ///
    /// - Parameters:
    ///   - code: what the visitor typed.
    ///   - certificate: what the visitor came with.
    ///   - label: what the visitor calls it, `nil` for the name in it.
    /// - Throws: ``AccountError/wrongCode``, ``AccountError/tooManyGuesses(until:)``, and those of the certificate.
    public func pair(
        _ code: String,
        with certificate: ClientCertificate,
        label: String? = nil
    ) async throws -> Account {
        try await self.countGuess(of: "code", by: certificate)
        guard let canonical = PairingCode.canonical(code) else { throw AccountError.wrongCode }
        let token = SecretToken(code: canonical, secret: try await self.secret())
        return try await self.store.transaction { transaction in
            let key = Self.key(forPairing: token.id)
            guard let entry = try await transaction.read(key, as: SecretToken.Entry.self),
                token.isRecognised(by: entry)
            else { throw AccountError.wrongCode }
            var account = try await Self.account(Account.ID(entry.account), in: &transaction)
            guard account.pairing == token.id else { throw AccountError.wrongCode }
            try await self.add(certificate, label: label, to: &account, in: &transaction)
            account.pairing = nil
            transaction.delete(key)
            try await Self.write(account, in: &transaction)
            return account
        }
    }
}
