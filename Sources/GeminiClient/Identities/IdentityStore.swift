public import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers

/// The identities of a user, in a folder, and where each is shown.
///
/// Nothing is ever made or shown by itself (GP-155): a human asks for an identity, and activates it at a scope. All
/// methods may be called on any thread; several processes may use one folder.
///
/// ```swift
/// let identities = try IdentityStore.standard()
/// let visitor = try await identities.make(name: "visitor", days: 365)
/// if let scope = IdentityScope(url) { try await identities.activate(visitor, at: scope) }
/// ```
///
/// The folder (0700) holds two files an identity, called by the SHA-256 of the certificate in hexadecimal, as Lagrange
/// calls its own: `86341f….crt`, the certificate, and `86341f….key` (0600), the key, both in PEM. A file `scopes` says
/// where they are shown.
public final class IdentityStore: IdentityProvider {
    /// The folder.
    public let path: String
    let scopesFile: LockedFile
    /// Files are called by what is in them, so that what was read stays true.
    private let loaded = NIOLockedValueBox<[Fingerprint: ClientIdentity]>([:])

    /// A store in a folder, which is made with the first identity.
    public init(path: String) {
        self.path = path
        self.scopesFile = LockedFile(path: path + "/scopes")
    }

    /// The folder that clients of one user share: `$XDG_DATA_HOME/canaveral/identities`, else
    /// `$HOME/.local/share/canaveral/identities`, on every system.
    ///
    /// - Throws: ``StorageError/noDataDirectory`` where neither variable has an absolute path.
    public static func standard() throws(StorageError) -> IdentityStore {
        IdentityStore(path: try DataDirectory.standard() + "/identities")
    }

    /// The identity whose longest active scope covers a URL (GP-156); `titan` has the scopes of `gemini` (TI-24).
    ///
    /// An expired one is shown too: whether that is good enough is the server's decision (status 62).
    public func identity(for url: GeminiURL) async throws -> ClientIdentity? {
        guard let scope = IdentityScope(url) else { return nil }
        return try await LockedFile.onThreadPool { () throws(StorageError) in
            guard let fingerprint = try self.scopes().identity(for: scope) else { return nil }
            return try self.load(fingerprint)
        }
    }

    /// Makes an identity: an ECDSA P-256 key, and a certificate that it signs itself.
    ///
    /// - Parameters:
    ///   - name: the common name, which servers may show to others.
    ///   - days: how long it is valid. A server that keeps accounts by certificate loses the visitor with it.
    ///   - now: when; the system's clock unless given.
    public func make(
        name: String,
        days: Int = 3650,
        at now: Timestamp? = nil
    ) async throws(StorageError) -> ClientIdentity {
        try await self.scopesFile.inTurn { () throws(StorageError) in
            let identity = try self.unwrapping { () throws(IdentityError) in
                try Identity.generate(names: [], commonName: name, days: days, purpose: .client, at: now ?? .now)
            }
            return try self.save(identity)
        }
    }

    /// Adds a certificate and its key from files of another program, in PEM or DER.
    ///
    /// - Parameters:
    ///   - certificatePath: the certificate, and the key too where there is no other path.
    ///   - keyPath: the key's own file.
    public func add(
        certificatePath: String,
        keyPath: String? = nil
    ) async throws(StorageError) -> ClientIdentity {
        try await self.scopesFile.inTurn { () throws(StorageError) in
            let identity = try self.unwrapping { () throws(IdentityError) in
                try Identity.load(from: certificatePath, keyPath: keyPath, at: .now, evenIfExpired: true)
            }
            return try self.save(identity)
        }
    }

    /// Every identity whose files can be read, by name.
    public func all() async throws(StorageError) -> [StoredIdentity] {
        try await LockedFile.onThreadPool { () throws(StorageError) in
            let entries = try self.scopes().entries
            return try self.fingerprints().compactMap { fingerprint in
                guard let identity = try? self.load(fingerprint) else { return nil }
                let own = entries.filter { $0.identity == fingerprint }
                return StoredIdentity(
                    identity: identity,
                    activeScopes: own.filter(\.isActive).map(\.scope),
                    inactiveScopes: own.filter { !$0.isActive }.map(\.scope),
                    certificatePath: self.certificatePath(fingerprint),
                    keyPath: self.keyPath(fingerprint)
                )
            }
            .sorted { ($0.identity.commonName ?? "") < ($1.identity.commonName ?? "") }
        }
    }

    /// Shows an identity at a scope from now on, and no other one there.
    ///
    /// - Throws: ``StorageError/noSuchIdentity(_:)`` for one that is not in this store.
    public func activate(_ identity: ClientIdentity, at scope: IdentityScope) async throws(StorageError) {
        let fingerprint = identity.fingerprint
        try await self.updateScopes { table throws(StorageError) in
            _ = try self.load(fingerprint)
            table.activate(fingerprint, at: scope)
        }
    }

    /// Shows no identity at exactly this scope any longer. One of a wider scope is shown there again.
    ///
    /// - Returns: whether one was shown.
    @discardableResult
    public func deactivate(_ scope: IdentityScope) async throws(StorageError) -> Bool {
        try await self.updateScopes { table in table.deactivate(scope) }
    }

    /// Removes an identity, its key and its scopes. There is no way back: accounts that know it by its key are lost.
    public func remove(_ identity: ClientIdentity) async throws(StorageError) {
        let fingerprint = identity.fingerprint
        try await self.updateScopes { table in table.remove(fingerprint) }
        try await self.scopesFile.inTurn { () throws(StorageError) in try self.removeFiles(fingerprint) }
        self.loaded.withLockedValue { $0[fingerprint] = nil }
    }
}

extension IdentityStore {
    func load(_ fingerprint: Fingerprint) throws(StorageError) -> ClientIdentity {
        if let loaded = self.loaded.withLockedValue({ $0[fingerprint] }) { return loaded }
        let path = self.certificatePath(fingerprint)
        let identity: Identity
        do throws(IdentityError) {
            identity = try .load(from: path, keyPath: self.keyPath(fingerprint), at: .now, evenIfExpired: true)
        } catch {
            throw error == .missing(path: path)
                ? .noSuchIdentity(fingerprint.description) : .unusableIdentity(reason: error.description)
        }
        guard identity.leaf.fingerprint == fingerprint else {
            throw .foreign(path: path, expected: "the identity that it is called by")
        }
        let client = ClientIdentity(identity)
        self.loaded.withLockedValue { $0[fingerprint] = client }
        return client
    }

    private func unwrapping<Result>(_ body: () throws(IdentityError) -> Result) throws(StorageError) -> Result {
        do throws(IdentityError) {
            return try body()
        } catch {
            throw .unusableIdentity(reason: error.description)
        }
    }
}
