public import GeminiServer

extension Accounts {
    /// Makes an account for a certificate that has none.
    ///
    /// - Parameters:
    ///   - certificate: the visitor's.
    ///   - name: the name that the visitor chose; spaces around it are dropped.
    ///   - label: what the visitor calls the certificate, `nil` for the name in it.
    ///   - attributes: what the application keeps with it.
    /// - Throws: ``AccountError`` of the name, the certificate or the attributes.
    @discardableResult
    public func register(
        _ certificate: ClientCertificate,
        name: String,
        label: String? = nil,
        attributes: [String: String] = [:]
    ) async throws -> Account {
        let name = try self.configuration.names.check(name)
        try self.check(attributes)
        let id = Account.ID(self.randomBytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        let now = self.now()
        let account = Account(
            id: id,
            name: name,
            created: now,
            certificates: [AccountCertificate(certificate, label: label, added: now)],
            attributes: attributes
        )
        try await self.store.transaction { transaction in
            let certificateKey = Self.key(for: AccountCertificate.ID(of: certificate))
            guard try await transaction.read(certificateKey) == nil else { throw AccountError.certificateTaken }
            let nameKey = Self.key(forName: name)
            guard try await transaction.read(nameKey) == nil else { throw AccountError.nameTaken(name) }
            try await transaction.write(id.description, to: certificateKey, expires: .never)
            try await transaction.write(id.description, to: nameKey, expires: .never)
            try await Self.write(account, in: &transaction)
        }
        return account
    }

    /// Gives an account another name. Its own in another case is one.
    ///
    /// - Throws: ``AccountError`` of the name.
    @discardableResult
    public func rename(_ id: Account.ID, to name: String) async throws -> Account {
        let name = try self.configuration.names.check(name)
        return try await self.change(id) { account, transaction in
            let (old, new) = (Self.key(forName: account.name), Self.key(forName: name))
            if old != new {
                guard try await transaction.read(new) == nil else { throw AccountError.nameTaken(name) }
                transaction.delete(old)
                try await transaction.write(id.description, to: new, expires: .never)
            }
            account.name = name
        }
    }

    /// Changes what the application keeps with an account, without losing what others change at the same time.
    ///
    /// ```swift
    /// try await accounts.update(account.id) { $0["role"] = "moderator" }
    /// ```
    ///
    /// - Throws: ``AccountError/tooManyAttributes(limit:)``, and what the closure throws.
    @discardableResult
    public func update(
        _ id: Account.ID,
        _ change: (inout [String: String]) throws -> Void
    ) async throws -> Account {
        try await self.change(id) { account, _ in
            try change(&account.attributes)
            try self.check(account.attributes)
        }
    }

    /// Deletes an account with all that the kit keeps of it; its name is free again. What the application keeps under the
    /// identifier is the application's to delete.
    ///
    /// - Throws: ``AccountError/noAccount``.
    public func delete(_ id: Account.ID) async throws {
        try await self.store.transaction { transaction in
            let account = try await Self.account(id, in: &transaction)
            transaction.delete(Self.key(for: id))
            transaction.delete(Self.key(forName: account.name))
            for certificate in account.certificates { transaction.delete(Self.key(for: certificate.id)) }
            if let recovery = account.recovery { transaction.delete(Self.key(forRecovery: recovery)) }
            if let pairing = account.pairing { transaction.delete(Self.key(forPairing: pairing)) }
        }
    }

    private func check(_ attributes: [String: String]) throws(AccountError) {
        let size = attributes.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard size <= self.configuration.attributeBytes else {
            throw .tooManyAttributes(limit: self.configuration.attributeBytes)
        }
    }
}
