import GeminiProtocol
import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension IdentityStore {
    func certificatePath(_ fingerprint: Fingerprint) -> String {
        "\(self.path)/\(fingerprint).crt"
    }

    func keyPath(_ fingerprint: Fingerprint) -> String {
        "\(self.path)/\(fingerprint).key"
    }

    /// Writes the files of an identity, unless they are there.
    ///
    /// The key comes first: what a crash leaves is a key without a certificate, which nobody asks for.
    func save(_ identity: Identity) throws(StorageError) -> ClientIdentity {
        let fingerprint = identity.leaf.fingerprint
        if let there = try? self.load(fingerprint) { return there }
        // The change makes the folder, and no other process is at work in it meanwhile.
        try self.scopesFile.change { _ throws(StorageError) in
            do throws(IdentityError) {
                let files = IdentityFiles(
                    certificatePath: self.certificatePath(fingerprint),
                    keyPath: self.keyPath(fingerprint)
                )
                try files.save(identity)
            } catch {
                throw .unusableIdentity(reason: error.description)
            }
            return LockedFile.Change(bytes: nil, result: ())
        }
        return ClientIdentity(identity)
    }

    /// The certificate first: without it nobody asks for the key.
    func removeFiles(_ fingerprint: Fingerprint) throws(StorageError) {
        try self.scopesFile.change { _ throws(StorageError) in
            for path in [self.certificatePath(fingerprint), self.keyPath(fingerprint)] {
                guard unsafe unlink(path) == 0 || errno == ENOENT else {
                    throw .unwritable(path: path, reason: SystemError.last)
                }
            }
            return LockedFile.Change(bytes: nil, result: ())
        }
    }

    /// What the certificates in the folder are called by.
    func fingerprints() throws(StorageError) -> [Fingerprint] {
        guard let stream = unsafe opendir(self.path) else {
            if errno == ENOENT { return [] }
            throw .unreadable(path: self.path, reason: SystemError.last)
        }
        defer { unsafe closedir(stream) }
        var fingerprints: [Fingerprint] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".crt"), let fingerprint = Fingerprint(parsing: String(name.dropLast(4))) {
                fingerprints.append(fingerprint)
            }
        }
        return fingerprints
    }

    func scopes() throws(StorageError) -> ScopeTable {
        try self.parse(try self.scopesFile.read()?.bytes)
    }

    func updateScopes<Result: Sendable>(
        _ body: @escaping @Sendable (inout ScopeTable) throws(StorageError) -> Result
    ) async throws(StorageError) -> Result {
        try await self.scopesFile.inTurn { () throws(StorageError) in
            try self.scopesFile.change { bytes throws(StorageError) in
                let before = try self.parse(bytes)
                var table = before
                let result = try body(&table)
                return LockedFile.Change(bytes: table == before ? nil : table.text, result: result)
            }
        }
    }

    private func parse(_ bytes: [UInt8]?) throws(StorageError) -> ScopeTable {
        do throws(ScopeTable.TextError) {
            return try ScopeTable(parsing: bytes ?? [])
        } catch {
            throw .foreign(path: self.scopesFile.path, expected: "scopes")
        }
    }
}
