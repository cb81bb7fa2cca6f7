import GeminiProtocol
import Synchronization
import TestSupport
import Testing

@testable import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#endif

@Suite("Identities that look after themselves")
struct StateDirectoryProvidingTests {
    private static let names = ["example.org", "www.example.org", "192.0.2.1"]

    @Test("Made when missing, kept after that")
    func madeAndKept() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let first = try state.identity(for: Self.names, days: 90, at: .testing)
            #expect(first.action == .generated)
            #expect(first.path == state.path(for: "example.org"))
            #expect(first.identity.uncovered(Self.names).isEmpty)
            let second = try state.identity(for: Self.names, days: 90, at: .testing + Timestamp.days(59))
            #expect(second.action == .loaded)
            #expect(second.identity.certificates == first.identity.certificates)
            #expect(second.identity.warnings.isEmpty)
        }
    }

    @Test("DA-39: renewed with the same key when its time comes, also when that has passed", arguments: [60, 90, 5000])
    func renewed(after days: Int) throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let first = try state.identity(for: Self.names, days: 90, at: .testing)
            let later = Timestamp.testing + Timestamp.days(days)
            let second = try state.identity(for: Self.names, days: 90, at: later)
            #expect(second.action == .renewed(.expiry(.testing + Timestamp.days(90))))
            #expect(second.identity.leaf.publicKeyFingerprint == first.identity.leaf.publicKeyFingerprint)
            #expect(second.identity.leaf.fingerprint != first.identity.leaf.fingerprint)
            #expect(second.identity.isValid(at: later))
            #expect(second.identity.warnings.isEmpty)
            let third = try state.identity(for: Self.names, days: 90, at: later)
            #expect(third.action == .loaded)
            #expect(third.identity.certificates == second.identity.certificates)
        }
    }

    @Test("Made anew for the same key when a name is missing, and left alone when one is no longer asked for")
    func names() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let first = try state.identity(for: ["example.org"], at: .testing)
            let second = try state.identity(for: Self.names, at: .testing)
            #expect(second.action == .renewed(.names(added: ["www.example.org", "192.0.2.1"], dropped: [])))
            #expect(second.identity.leaf.publicKeyFingerprint == first.identity.leaf.publicKeyFingerprint)
            #expect(second.identity.uncovered(Self.names).isEmpty)
            let third = try state.identity(for: ["example.org"], at: .testing)
            #expect(third.action == .loaded)
            #expect(third.identity.certificates == second.identity.certificates)
            let fourth = try state.identity(for: ["Example.org", "new.example.org"], at: .testing)
            #expect(
                fourth.action
                    == .renewed(.names(added: ["new.example.org"], dropped: ["www.example.org", "192.0.2.1"]))
            )
        }
    }

    @Test("The order of the names does not cost the key")
    func order() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let first = try state.identity(for: Self.names, at: .testing)
            let second = try state.identity(for: Self.names.reversed(), at: .testing)
            #expect(second.action == .loaded)
            #expect(second.path == first.path)
            #expect(second.identity.certificates == first.identity.certificates)
        }
    }

    @Test("A new pair on request, whatever is there")
    func generated() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let first = try state.identity(for: Self.names, at: .testing)
            let second = try state.generateIdentity(for: Self.names, commonName: "Capsule", at: .testing)
            #expect(second.action == .generated)
            #expect(second.identity.leaf.publicKeyFingerprint != first.identity.leaf.publicKeyFingerprint)
            #expect(second.identity.leaf.subject?.commonName == "Capsule")
            let third = try state.identity(for: Self.names, at: .testing)
            #expect(third.identity.certificates == second.identity.certificates)
        }
    }

    @Test("A certificate of an authority is used as it is, and told apart when it cannot be")
    func issued() throws {
        try withTemporaryDirectory { folder in
            let root = try IssuedCertificate(commonName: "root.example")
            let leaf = try IssuedCertificate(commonName: "example.org", issuer: root)
            let state = StateDirectory(path: folder.path("state"))
            let path = try folder.write(try leaf.pem + leaf.keyPEM, to: "state/example.org.pem")
            chmod(state.path, 0o700)
            chmod(path, 0o600)
            let provided = try state.identity(for: Self.names, at: .testing)
            #expect(provided.action == .loaded)
            #expect(provided.identity.leaf.der == (try leaf.der))
            let missing = ["www.example.org", "192.0.2.1"]
            #expect(provided.identity.warnings == [.namesNotCovered(path: path, names: missing)])
            let end = Timestamp(secondsSinceEpoch: 3_000_000_000)
            #expect(throws: IdentityError.expired(path: path, since: end)) {
                try state.identity(for: Self.names, at: end + .seconds(1))
            }
        }
    }

    @Test("With a clock that is behind, what is there is used and not replaced")
    func clockBehind() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let first = try state.identity(for: Self.names, at: .testing)
            let second = try state.identity(for: Self.names, at: Timestamp(secondsSinceEpoch: 0))
            #expect(second.action == .loaded)
            #expect(second.identity.certificates == first.identity.certificates)
            let until = try #require(first.identity.leaf.notBefore)
            #expect(second.identity.warnings == [.notYetValid(path: first.path, until: until)])
        }
    }

    @Test("A renewal that cannot be saved is used; a new key that cannot be saved is an error")
    func unsaved() throws {
        try withTemporaryDirectory { folder in
            let working = StateDirectory(path: folder.path("state"))
            var full = working
            full.hindrance = { $0 == .create ? ENOSPC : nil }
            #expect(throws: IdentityError.self) { try full.identity(for: Self.names, at: .testing) }

            let first = try working.identity(for: Self.names, days: 90, at: .testing)
            let later = Timestamp.testing + Timestamp.days(89)
            let second = try full.identity(for: Self.names, days: 90, at: later)
            #expect(second.identity.leaf.publicKeyFingerprint == first.identity.leaf.publicKeyFingerprint)
            #expect(second.identity.isValid(at: later + Timestamp.days(80)))
            guard case .notSaved(.unwritable)? = second.identity.warnings.first else {
                Issue.record("no warning: \(second.identity.warnings)")
                return
            }
            #expect(try working.load("example.org", at: later)?.certificates == first.identity.certificates)
        }
    }

    @Test("A folder in which nothing can be made still gives what is in it, and a renewal in memory")
    func lockFails() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            let first = try state.identity(for: Self.names, days: 90, at: .testing)
            // A folder by this name: the lock cannot be opened, also not by the superuser.
            unlink(folder.path("state/.lock"))
            try #require(mkdir(folder.path("state/.lock"), 0o700) == 0)
            #expect(try state.identity(for: Self.names, days: 90, at: .testing).action == .loaded)
            let later = Timestamp.testing + Timestamp.days(89)
            let second = try state.identity(for: Self.names, days: 90, at: later)
            #expect(second.action == .renewed(.expiry(.testing + Timestamp.days(90))))
            #expect(second.identity.leaf.publicKeyFingerprint == first.identity.leaf.publicKeyFingerprint)
            #expect(second.identity.warnings.count == 1)
        }
    }

    @Test("Names that cannot be in a certificate are refused, and leave no file")
    func invalid() throws {
        try withTemporaryDirectory { folder in
            let state = StateDirectory(path: folder.path("state"))
            #expect(throws: IdentityError.noNames) { try state.identity(for: [], at: .testing) }
            #expect(throws: IdentityError.invalidName("a/b")) { try state.identity(for: ["a/b"], at: .testing) }
            #expect(try state.paths().isEmpty)
            let first = try state.identity(for: ["a"], at: .testing)
            #expect(throws: IdentityError.invalidName("a/b")) { try state.identity(for: ["a", "a/b"], at: .testing) }
            #expect(try state.load("a", at: .testing)?.certificates == first.identity.certificates)
        }
    }

    @Test("Of two that start at once, the second uses what the first has made meanwhile")
    func race() throws {
        try withTemporaryDirectory { folder in
            let first = StateDirectory(path: folder.path("state"))
            let made = Mutex<ProvidedIdentity?>(nil)
            var second = first
            // After the second has seen that there is nothing, and before it has the lock.
            second.hindrance = { step in
                if step == .lock {
                    made.withLock { $0 = try? first.identity(for: Self.names, at: .testing) }
                }
                return nil
            }
            let provided = try second.identity(for: Self.names, at: .testing)
            let expected = try #require(made.withLock { $0 })
            #expect(expected.action == .generated)
            #expect(provided.action == .loaded)
            #expect(provided.identity.certificates == expected.identity.certificates)
        }
    }
}
