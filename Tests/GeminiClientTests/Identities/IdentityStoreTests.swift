import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Identities on disk")
struct IdentityStoreTests {
    let directory = try! TemporaryDirectory()

    private var store: IdentityStore { IdentityStore(path: self.directory.path("data/identities")) }

    private func scope(_ url: String) throws -> IdentityScope {
        try #require(IdentityScope(try GeminiURL(url)))
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test("GP-155: nothing is made by itself")
    func nothing() async throws {
        #expect(try await self.store.identity(for: try GeminiURL("gemini://h/")) == nil)
        #expect(try await self.store.all().isEmpty)
        #expect(try await !self.store.deactivate(try self.scope("gemini://h/")))
        #expect(!FileManager.default.fileExists(atPath: self.directory.path("data/identities/scopes")))
        let visitor = try await self.store.make(name: "visitor")
        #expect(try await self.store.identity(for: try GeminiURL("gemini://h/")) == nil, "made, and shown nowhere")
        #expect(visitor.commonName == "visitor")
    }

    @Test("An identity is made as asked, for the user alone, and other programs find its files")
    func making() async throws {
        let now = ShownServer.now
        let visitor = try await self.store.make(name: "visitor", days: 30, at: now)
        #expect(visitor.notAfter == now + .seconds(30 * 86_400))
        let stored = try #require(try await self.store.all().first)
        #expect(stored.identity.fingerprint == visitor.fingerprint)
        #expect(try self.mode(self.directory.path("data/identities")) == 0o700)
        #expect(try self.mode(stored.keyPath) == 0o600)
        let loaded = try Identity.load(from: stored.certificatePath, keyPath: stored.keyPath, at: now)
        #expect(loaded.leaf.fingerprint == visitor.fingerprint && loaded.privateKey.algorithm == "ECDSA P-256")
        await #expect(throws: StorageError.self) { try await self.store.make(name: "") }
        await #expect(throws: StorageError.self) { try await self.store.make(name: "x", days: 0) }
        #expect(try await self.store.all().count == 1)
    }

    @Test("GP-156: the longest scope that covers a URL wins, in every process")
    func longestScope() async throws {
        let (wide, narrow) = (try await self.store.make(name: "wide"), try await self.store.make(name: "narrow"))
        try await self.store.activate(narrow, at: try self.scope("gemini://h/a/b"))
        try await self.store.activate(wide, at: try self.scope("gemini://h/"))
        for (url, expected) in [
            ("gemini://h/", wide), ("gemini://h/a", wide), ("gemini://h/a/bc", wide), ("gemini://h/a/b", narrow),
            ("gemini://h/a/b/c", narrow), ("titan://h/a/b/c;size=1", narrow), ("gemini://h:1966/a/b", nil),
            ("gemini://i/", nil),
        ] {
            #expect(
                try await self.store.identity(for: try GeminiURL(url))?.fingerprint == expected?.fingerprint,
                "\(url)"
            )
        }
    }

    @Test("At a scope one identity is shown, which can be changed, switched off and on again")
    func activation() async throws {
        let (first, second) = (try await self.store.make(name: "1"), try await self.store.make(name: "2"))
        let scope = try self.scope("gemini://h/a")
        let url = try GeminiURL("gemini://h/a/b")
        try await self.store.activate(first, at: scope)
        try await self.store.activate(second, at: scope)
        #expect(try await self.store.identity(for: url)?.fingerprint == second.fingerprint)
        #expect(try await self.store.all().map(\.activeScopes) == [[], [scope]])
        #expect(try await self.store.all().map(\.inactiveScopes) == [[scope], []])
        try await self.store.activate(first, at: scope)
        #expect(try await self.store.identity(for: url)?.fingerprint == first.fingerprint)
        #expect(try await self.store.deactivate(scope))
        #expect(try await !self.store.deactivate(scope))
        #expect(try await self.store.identity(for: url) == nil)
        #expect(try await self.store.all().map(\.inactiveScopes) == [[scope], [scope]])
    }

    @Test("A removed identity leaves no key and no scope behind")
    func removal() async throws {
        let store = self.store
        let visitor = try await store.make(name: "visitor")
        let stored = try #require(try await store.all().first)
        try await store.activate(visitor, at: try self.scope("gemini://h/"))
        #expect(try await store.identity(for: try GeminiURL("gemini://h/")) != nil)
        try await store.remove(visitor)
        #expect(try await store.identity(for: try GeminiURL("gemini://h/")) == nil)
        #expect(try await store.all().isEmpty)
        for path in [stored.keyPath, stored.certificatePath] {
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        #expect(
            try !String(contentsOfFile: store.scopesFile.path, encoding: .utf8).contains(
                visitor.fingerprint.description
            )
        )
        await #expect(throws: StorageError.noSuchIdentity(visitor.fingerprint.description)) {
            try await store.activate(visitor, at: try self.scope("gemini://h/"))
        }
    }

    @Test("A certificate and key of another program are added, in one file or two, once", arguments: [false, true])
    func adding(inOneFile: Bool) async throws {
        let other = try Identity.generate(names: [], commonName: "other", purpose: .client, at: .now)
        let certificatePath = try self.directory.write(inOneFile ? other.pem : other.certificatesPEM, to: "a.crt")
        let keyPath = try self.directory.write(other.privateKeyPEM, to: "a.key")
        for _ in 0..<2 {
            let added = try await self.store.add(certificatePath: certificatePath, keyPath: inOneFile ? nil : keyPath)
            #expect(added.fingerprint == other.leaf.fingerprint)
            #expect(try await self.store.all().count == 1)
        }
        try await self.store.activate(
            try #require(try await self.store.all().first).identity,
            at: self.scope("gemini://h/")
        )
        #expect(try await self.store.identity(for: try GeminiURL("gemini://h/"))?.commonName == "other")
    }

    @Test("What is no pair of certificate and key is not added, and the reason is said")
    func addingNonsense() async throws {
        let (one, other) = (
            try Identity.generate(names: [], commonName: "one", purpose: .client, at: .now),
            try Identity.generate(names: [], commonName: "other", purpose: .client, at: .now)
        )
        let certificatePath = try self.directory.write(one.certificatesPEM, to: "one.crt")
        let keyPath = try self.directory.write(other.privateKeyPEM, to: "other.key")
        for (certificate, key) in [
            (certificatePath, keyPath), (certificatePath, nil), (keyPath, nil), (self.directory.path("none"), nil),
        ] {
            let error = await #expect(throws: StorageError.self) {
                try await self.store.add(certificatePath: certificate, keyPath: key)
            }
            guard case .unusableIdentity(let reason) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(reason.contains(certificate) || reason.contains(keyPath))
        }
        #expect(try await self.store.all().isEmpty)
    }

    @Test("An identity whose key was lost is an error where it is shown, and hides no other")
    func lostKey() async throws {
        let visitor = try await self.store.make(name: "visitor")
        _ = try await self.store.make(name: "other")
        try await self.store.activate(visitor, at: try self.scope("gemini://h/"))
        let stored = try #require(try await self.store.all().last)
        try FileManager.default.removeItem(atPath: stored.keyPath)
        let error = await #expect(throws: StorageError.self) {
            try await self.store.identity(for: try GeminiURL("gemini://h/"))
        }
        #expect(error?.description.contains(stored.keyPath) == true)
        #expect(try await self.store.all().map(\.identity.commonName) == ["other"])
    }

    @Test("A file of scopes that is something else is an error and stays as it is", arguments: ["\0\0", "hello\n"])
    func foreignScopes(content: String) async throws {
        let visitor = try await self.store.make(name: "visitor")
        try self.directory.write(content, to: "data/identities/scopes")
        let expected = StorageError.foreign(path: self.store.scopesFile.path, expected: "scopes")
        await #expect(throws: expected) { try await self.store.identity(for: try GeminiURL("gemini://h/")) }
        await #expect(throws: expected) { try await self.store.activate(visitor, at: try self.scope("gemini://h/")) }
        #expect(try String(contentsOfFile: self.store.scopesFile.path, encoding: .utf8) == content)
    }

    @Test("Lines of the scopes that mean nothing stay as they are")
    func oddScopes() async throws {
        let visitor = try await self.store.make(name: "visitor")
        let odd =
            "# mine\n\non nobody gemini://h/\nmaybe \(visitor.fingerprint) gemini://h/\non \(visitor.fingerprint) https://h/\n"
        try self.directory.write("\(ScopeTable.header)\n\(odd)", to: "data/identities/scopes")
        #expect(try await self.store.identity(for: try GeminiURL("gemini://h/")) == nil)
        try await self.store.activate(visitor, at: try self.scope("gemini://h:1966/a%20b"))
        let text = try String(contentsOfFile: self.store.scopesFile.path, encoding: .utf8)
        #expect(text == "\(ScopeTable.header)\n\(odd)on \(visitor.fingerprint) gemini://h:1966/a%20b\n")
    }

    @Test("Many changes at once are all kept")
    func concurrency() async throws {
        let visitor = try await self.store.make(name: "visitor")
        let stores = [self.store, self.store]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<16 {
                group.addTask {
                    try await stores[number % 2].activate(visitor, at: self.scope("gemini://h\(number).example/"))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await self.store.all().first?.activeScopes.count == 16)
    }
}
