import GeminiClient
import GeminiProtocol

extension IdentityStore {
    /// The identities of whoever runs the program.
    static func ofUser() throws(Failure) -> IdentityStore {
        do throws(StorageError) {
            return try .standard()
        } catch {
            throw .work("\(error)")
        }
    }

    /// The identity that a person means: by its name, by the beginning of its fingerprint, or by a file.
    func identity(named name: String) async throws(Failure) -> ClientIdentity {
        do throws(StorageError) {
            if name.contains("/") || name.hasSuffix(".pem") || name.hasSuffix(".crt") {
                return try ClientIdentity(certificatePath: name)
            }
            return try await self.stored(named: name).identity
        } catch {
            throw .work("\(error)")
        }
    }

    /// Checks that a new identity of this name would be the only one: of two the name would say nothing.
    func checkFree(_ name: String) async throws(Failure) {
        let all = try await Failure.storing { () async throws(StorageError) in try await self.all() }
        guard let stored = all.first(where: { $0.identity.commonName == name }) else { return }
        throw .work(
            "There is an identity named \(name) already (\(stored.identity.fingerprint)): choose another name, or remove that one with 'canaveral identity remove'."
        )
    }

    /// An identity of the store.
    func stored(named name: String) async throws(StorageError) -> StoredIdentity {
        let all = try await self.all()
        let wanted = name.lowercased()
        let found = all.filter { stored in
            stored.identity.commonName == name
                || wanted.count >= 4 && stored.identity.fingerprint.spelled(.lowerHexadecimal).hasPrefix(wanted)
        }
        guard let only = found.first, found.count == 1 else {
            throw found.isEmpty
                ? .noSuchIdentity(name)
                : .unusableIdentity(
                    reason: "\(found.count) identities are called \(name): name one by its fingerprint."
                )
        }
        return only
    }
}
