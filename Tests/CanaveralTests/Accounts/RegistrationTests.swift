import Canaveral
import GeminiTLS
import StoreConformance
import Testing

@Suite("Accounts: registration")
struct RegistrationTests {
    private let fixture = AccountsFixture()
    private var accounts: Accounts { self.fixture.accounts }

    @Test("An account is found by its certificate, its name in any case, and its identifier")
    func register() async throws {
        let certificate = try self.fixture.certificate("laptop")
        #expect(try await self.accounts.account(for: certificate) == nil)
        let account = try await self.accounts.register(
            certificate,
            name: "  Ada Lovelace ",
            attributes: ["role": "pilot"]
        )
        #expect(account.name == "Ada Lovelace")
        #expect(account.created == self.fixture.clock.now)
        #expect(account.attributes == ["role": "pilot"])
        #expect(account.certificates.map(\.label) == ["laptop"])
        #expect(account.certificates.first?.expires == certificate.notAfter)
        #expect(try await self.accounts.account(for: certificate) == account)
        #expect(try await self.accounts.account(named: "ADA lovelace") == account)
        #expect(try await self.accounts.account(account.id) == account)
        #expect(try await self.accounts.account(for: try self.fixture.certificate()) == nil)
        #expect(account.id.description.count == 32)
    }

    @Test("GP-159: A certificate that was renewed with the same key is the same, and its new end is written down")
    func renewed() async throws {
        let identity = try self.fixture.identity(days: 30)
        let account = try await self.accounts.register(ClientCertificate(der: identity.leaf.der), name: "Ada")
        self.fixture.clock.advance(by: .seconds(86_400))
        let renewed = ClientCertificate(der: try identity.renewed(days: 300, at: self.fixture.clock.now).leaf.der)
        let found = try #require(try await self.accounts.account(for: renewed))
        #expect(found.id == account.id)
        #expect(found.certificates.map(\.expires) == [renewed.notAfter])
        let old = try await self.accounts.account(for: ClientCertificate(der: identity.leaf.der))
        #expect(old?.certificates.map(\.expires) == [renewed.notAfter])
    }

    @Test("A certificate whose key cannot be read is recognised by itself")
    func unreadableKey() async throws {
        let odd = ClientCertificate(der: [0x30, 0x03, 0x02, 0x01, 0x00])
        #expect(odd.publicKeyFingerprint == nil)
        let account = try await self.accounts.register(odd, name: "Odd")
        #expect(account.certificates.first?.id.description == "certificate:\(odd.fingerprint)")
        #expect(try await self.accounts.account(for: odd)?.id == account.id)
        #expect(try await self.accounts.account(for: ClientCertificate(der: [0x30, 0x00])) == nil)
    }

    @Test("A name or a certificate that has an account gets no other, and nothing is kept of the attempt")
    func taken() async throws {
        let certificate = try self.fixture.certificate()
        try await self.accounts.register(certificate, name: "Straße")
        let entries = try await self.fixture.entries()
        await #expect(throws: AccountError.nameTaken("STRASSE")) {
            try await self.accounts.register(try self.fixture.certificate(), name: "STRASSE")
        }
        await #expect(throws: AccountError.certificateTaken) {
            try await self.accounts.register(certificate, name: "Other")
        }
        #expect(try await self.fixture.entries() == entries)
    }

    @Test("Of many who want a name at once, one gets it")
    func race() async throws {
        let certificates = try (0..<10).map { _ in try self.fixture.certificate() }
        let winners = await withTaskGroup(of: Account?.self) { group in
            for certificate in certificates {
                group.addTask { try? await self.accounts.register(certificate, name: "Ada") }
            }
            return await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
        }
        #expect(winners.count == 1)
        #expect(try await self.accounts.account(named: "ada") == winners.first)
        #expect(try await self.fixture.entries() == 3)
    }

    @Test("A new name frees the old one; the same in another case is no other")
    func rename() async throws {
        let account = try await self.accounts.register(try self.fixture.certificate(), name: "Ada")
        try await self.accounts.register(try self.fixture.certificate(), name: "Grace")
        await #expect(throws: AccountError.nameTaken("grace")) {
            try await self.accounts.rename(account.id, to: "grace")
        }
        #expect(try await self.accounts.rename(account.id, to: "ADA").name == "ADA")
        try await self.accounts.rename(account.id, to: "Byron")
        #expect(try await self.accounts.account(named: "Ada") == nil)
        #expect(try await self.accounts.account(named: "byron")?.id == account.id)
    }

    @Test("Attributes are changed by many at once, and have a limit")
    func attributes() async throws {
        let account = try await self.accounts.register(try self.fixture.certificate(), name: "Ada")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask { try await self.accounts.update(account.id) { $0["\(number)"] = "yes" } }
            }
            try await group.waitForAll()
        }
        #expect(try await self.accounts.account(account.id)?.attributes.count == 20)
        await #expect(throws: AccountError.tooManyAttributes(limit: 8192)) {
            try await self.accounts.update(account.id) { $0["large"] = String(repeating: "x", count: 8192) }
        }
        await #expect(throws: AccountError.noAccount) { try await self.accounts.update(Account.ID("none")) { _ in } }
    }

    @Test("A deleted account leaves nothing behind, and its name and certificate are free")
    func delete() async throws {
        let certificate = try self.fixture.certificate()
        let account = try await self.accounts.register(certificate, name: "Ada")
        _ = try await self.accounts.pairingCode(for: account.id)
        _ = try await self.accounts.recoveryPhrase(for: account.id)
        #expect(try await self.fixture.entries() == 5)
        try await self.accounts.delete(account.id)
        #expect(try await self.fixture.entries() == 0)
        await #expect(throws: AccountError.noAccount) { try await self.accounts.delete(account.id) }
        #expect(try await self.accounts.register(certificate, name: "ada").id != account.id)
    }

    @Test("Accounts are listed in pages")
    func list() async throws {
        for name in ["Ada", "Grace", "Hedy"] {
            try await self.accounts.register(try self.fixture.certificate(), name: name)
        }
        let first = try await self.accounts.accounts(limit: 2)
        let second = try await self.accounts.accounts(after: first.last?.id, limit: 2)
        #expect(first.count == 2)
        #expect(Set((first + second).map(\.name)) == ["Ada", "Grace", "Hedy"])
    }

    @Test(
        "Names that are none",
        arguments: [
            "", "a", "   a   ", String(repeating: "a", count: 25), "a\nb", "Ada!", "-ada", "ada.", "a--b", "a  b",
            "e\u{301}va", "ada\u{200B}", "\u{3164}\u{3164}", "\u{202E}ada", "p\u{0430}ypal", "𝐀da", "ﬁlm", "🚀🚀", "Root",
        ]
    )
    func invalidNames(name: String) async throws {
        let fixture = AccountsFixture { $0.names.reserved = ["root"] }
        let error = await #expect(throws: AccountError.self) {
            try await fixture.accounts.register(try fixture.certificate(), name: name)
        }
        guard case .invalidName(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.hasSuffix("."))
        #expect(try await fixture.entries() == 0)
    }

    @Test(
        "Names that are names",
        arguments: ["Ada", "ada-99", "O'Brien", "J.S.Bach", "Éva", "Жанна", "美咲", "हिन्दी", "R2_D2"]
    )
    func validNames(name: String) async throws {
        #expect(try await self.accounts.register(try self.fixture.certificate(), name: name).name == name)
    }
}
