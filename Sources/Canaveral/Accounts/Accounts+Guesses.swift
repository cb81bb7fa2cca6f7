import GeminiServer

extension Accounts {
    /// Counts an attempt before it is made, so that many at once are no more than the limit.
    ///
    /// - Throws: ``AccountError/tooManyGuesses(until:)`` when it must not be made.
    func countGuess(of kind: String, by certificate: ClientCertificate) async throws {
        let limit = self.configuration.guesses
        let own = AccountCertificate.ID(of: certificate)
        try await self.store.transaction { transaction in
            // The certificate's count last: nothing is kept of those who come when all guesses are used up.
            for (id, limit) in [("\(kind)/all", limit.total), ("\(kind)/\(own)", limit.perCertificate)] {
                let key = StoreKey(space: "accounts.guesses", id: id)
                let item = try await transaction.read(key)
                let count = try await transaction.read(key, as: Int.self) ?? 0
                let end = item?.expires ?? self.now() + self.configuration.guesses.window
                guard count < limit else { throw AccountError.tooManyGuesses(until: end) }
                try await transaction.write(count + 1, to: key, expires: .at(end))
            }
        }
    }

    /// Random bytes of this store's own: the salt and key of what is kept of codes and phrases.
    ///
    /// One for all accounts, since an account is found by its phrase alone; phrases have enough bits not to be looked for in
    /// all accounts at once.
    func secret() async throws -> [UInt8] {
        try await self.store.update(StoreKey(space: "accounts.secret", id: "1")) { item in
            if let item { return item.value }
            let secret = self.randomBytes(32)
            item = StoreItem(secret)
            return secret
        }
    }
}
