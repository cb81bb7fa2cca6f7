package import GeminiProtocol

extension StateDirectory {
    /// The identity of a host: made when there is none, renewed with the same key when its time comes, and made anew
    /// for the same key when it lacks one of the names.
    ///
    /// Call it at the start and then now and again, for instance once a day: it is how a certificate renews itself. Of
    /// several processes that call it at once, one makes the identity and all get the same.
    ///
    /// A renewal that cannot be saved is used all the same, with a warning. A new key that cannot be saved is an error:
    /// it would be another one at every start, and clients would be right to be alarmed.
    ///
    /// - Parameters:
    ///   - names: the host's names, the one to call the file by first. If it has no file, but another's certificate is
    ///     for it too, that one is used, so that the key stays: the order of the names may have changed.
    ///   - commonName: for a certificate that is made.
    ///   - days: how long a certificate that is made is valid.
    package func identity(
        for names: [String],
        commonName: String? = nil,
        days: Int = 3650,
        at now: Timestamp
    ) throws(IdentityError) -> ProvidedIdentity {
        let request = Request(names: names, commonName: commonName, days: days, now: now)
        let found = try self.find(request)
        if let found, found.reasonToRenew == nil {
            return try self.asFound(found, request)
        }
        do {
            let folder = try self.makeFolder()
            let lock = try self.lock(folder)
            defer { lock.release() }
            // Another process may have been faster.
            guard let found = try self.find(request, in: folder) else {
                return try self.make(request, in: folder)
            }
            guard let reason = found.reasonToRenew else { return try self.asFound(found, request) }
            var identity = try request.renew(found.identity, because: reason)
            do {
                try self.replace(with: identity, as: found.fileName, in: folder)
            } catch {
                identity.warnings.append(.notSaved(error))
            }
            return ProvidedIdentity(identity: identity, path: folder.path(of: found.fileName), action: .renewed(reason))
        } catch {
            guard let found, let reason = found.reasonToRenew else { throw error }
            var identity = try request.renew(found.identity, because: reason)
            identity.warnings.append(.notSaved(error))
            return ProvidedIdentity(
                identity: identity,
                path: self.path + "/" + found.fileName,
                action: .renewed(reason)
            )
        }
    }

    /// A new key and certificate for a host in place of the ones that it has; clients see a key that they do not know.
    package func generateIdentity(
        for names: [String],
        commonName: String? = nil,
        days: Int = 3650,
        at now: Timestamp
    ) throws(IdentityError) -> ProvidedIdentity {
        let folder = try self.makeFolder()
        let lock = try self.lock(folder)
        defer { lock.release() }
        return try self.make(Request(names: names, commonName: commonName, days: days, now: now), in: folder)
    }
}

extension StateDirectory {
    /// What is asked for.
    private struct Request {
        let names: [String]
        let commonName: String?
        let days: Int
        let now: Timestamp

        func renew(
            _ identity: Identity,
            because reason: ProvidedIdentity.Reason
        ) throws(IdentityError) -> Identity {
            switch reason {
            case .expiry:
                try identity.renewed(days: self.days, at: self.now)
            case .names:
                try identity.renamed(names: self.names, commonName: self.commonName, days: self.days, at: self.now)
            }
        }
    }

    /// What is kept.
    private struct Found {
        let identity: Identity
        let fileName: String
        let reasonToRenew: ProvidedIdentity.Reason?

        init(_ identity: Identity, fileName: String, for request: Request) {
            self.identity = identity
            self.fileName = fileName
            guard identity.isSelfSigned else {
                self.reasonToRenew = nil
                return
            }
            let missing = identity.uncovered(request.names)
            self.reasonToRenew =
                if !missing.isEmpty {
                    .names(added: missing, dropped: identity.leaf.names(besides: request.names))
                } else if request.now >= identity.renewalDate, let notAfter = identity.leaf.notAfter {
                    .expiry(notAfter)
                } else {
                    nil
                }
        }
    }

    private func find(_ request: Request) throws(IdentityError) -> Found? {
        guard let folder = try Folder.existing(of: self) else { return nil }
        return try self.find(request, in: folder)
    }

    private func find(_ request: Request, in folder: borrowing Folder) throws(IdentityError) -> Found? {
        guard let name = request.names.first else { return nil }
        let fileName = try self.fileName(keeping: name, in: folder, at: request.now)
        guard let identity = try self.read(fileName, in: folder, at: request.now, evenIfExpired: true) else {
            return nil
        }
        return Found(identity, fileName: fileName, for: request)
    }

    private func make(_ request: Request, in folder: borrowing Folder) throws(IdentityError) -> ProvidedIdentity {
        guard let name = request.names.first else { throw .noNames }
        let identity = try Identity.generate(
            names: request.names,
            commonName: request.commonName,
            days: request.days,
            at: request.now
        )
        let fileName = Self.fileName(for: name)
        let previous = try self.replace(with: identity, as: fileName, in: folder)
        return ProvidedIdentity(
            identity: identity,
            path: folder.path(of: fileName),
            action: .generated,
            previousPath: previous
        )
    }

    /// What needs no renewal, or can have none from us.
    private func asFound(_ found: Found, _ request: Request) throws(IdentityError) -> ProvidedIdentity {
        let path = self.path + "/" + found.fileName
        var identity = found.identity
        if let notAfter = identity.leaf.notAfter, request.now > notAfter {
            throw .expired(path: path, since: notAfter)
        }
        let missing = identity.uncovered(request.names)
        if !missing.isEmpty {
            identity.warnings.append(.namesNotCovered(path: path, names: missing))
        }
        return ProvidedIdentity(identity: identity, path: path, action: .loaded)
    }
}
