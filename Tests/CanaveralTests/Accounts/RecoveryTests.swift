import Canaveral
import GeminiTLS
import StoreConformance
import Testing

@Suite("Accounts: recovery and certificates")
struct RecoveryTests {
    private let fixture = AccountsFixture()
    private var accounts: Accounts { self.fixture.accounts }

    @Test("The list has 1024 words that nobody takes for one another")
    func words() {
        let words = RecoveryWords.list
        #expect(words.count == 1024)
        #expect(Set(words).count == 1024)
        #expect(words.allSatisfy { (3...8).contains($0.count) && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } })
    }

    @Test("A phrase brings its owner back, however it is typed, again and again until the next is made")
    func recover() async throws {
        let account = try await self.accounts.register(try self.fixture.certificate(), name: "Ada")
        #expect(!account.hasRecoveryPhrase)
        let phrase = try await self.accounts.recoveryPhrase(for: account.id)
        #expect(phrase.words.count == 13)
        let device = try self.fixture.certificate("new")
        let typed = " " + phrase.words.map { $0.uppercased() }.joined(separator: ",  ") + ".\n"
        let recovered = try await self.accounts.recover(typed, with: device)
        #expect(recovered.id == account.id)
        #expect(recovered.hasRecoveryPhrase)
        #expect(try await self.accounts.account(for: device)?.certificates.count == 2)
        _ = try await self.accounts.recover(phrase.description, with: try self.fixture.certificate())
        let next = try await self.accounts.recoveryPhrase(for: account.id)
        await #expect(throws: AccountError.wrongPhrase) {
            try await self.accounts.recover(phrase.description, with: try self.fixture.certificate())
        }
        _ = try await self.accounts.recover(next.description, with: try self.fixture.certificate())
    }

    @Test("One wrong word, or one too few, is no phrase; after five attempts a certificate waits")
    func guessing() async throws {
        let account = try await self.accounts.register(try self.fixture.certificate(), name: "Ada")
        let words = try await self.accounts.recoveryPhrase(for: account.id).words
        let device = try self.fixture.certificate()
        let other = try #require(RecoveryWords.list.first { $0 != words[0] })
        for guess in [
            [other] + words.dropFirst(), Array(words.dropLast()), words + [other], [], ["x"] + words.dropFirst(),
        ] {
            await #expect(throws: AccountError.wrongPhrase) {
                try await self.accounts.recover(guess.joined(separator: " "), with: device)
            }
        }
        await #expect(throws: AccountError.tooManyGuesses(until: self.fixture.clock.now + .seconds(600))) {
            try await self.accounts.recover(words.joined(separator: " "), with: device)
        }
    }

    @Test("The hash that is used unless a test wants a quick one is slow, and finds the account as well")
    func slowHash() async throws {
        let accounts = Accounts(in: self.fixture.store)
        let account = try await accounts.register(try self.fixture.certificate(), name: "Ada")
        let phrase = try await accounts.recoveryPhrase(for: account.id)
        #expect(try await accounts.recover(phrase.description, with: try self.fixture.certificate()).id == account.id)
        await #expect(throws: AccountError.wrongPhrase) {
            try await self.accounts.recover(phrase.description, with: try self.fixture.certificate())
        }
    }

    @Test("The last certificate stays, unless there is a phrase or it is asked for")
    func remove() async throws {
        let first = try self.fixture.certificate("first")
        let account = try await self.accounts.register(first, name: "Ada")
        let id = account.certificates[0].id
        await #expect(throws: AccountError.lastCertificate) { try await self.accounts.remove(id, from: account.id) }
        await #expect(throws: AccountError.noCertificate) {
            try await self.accounts.remove(AccountCertificate.ID("key:00"), from: account.id)
        }
        let code = try await self.accounts.pairingCode(for: account.id).description
        let second = try self.fixture.certificate("second")
        _ = try await self.accounts.pair(code, with: second)
        #expect(try await self.accounts.remove(id, from: account.id).certificates.map(\.label) == ["second"])
        #expect(try await self.accounts.account(for: first) == nil)
        let rest = AccountCertificate.ID(of: second)
        await #expect(throws: AccountError.lastCertificate) { try await self.accounts.remove(rest, from: account.id) }
        let phrase = try await self.accounts.recoveryPhrase(for: account.id)
        #expect(try await self.accounts.remove(rest, from: account.id).certificates.isEmpty)
        // A certificate that was removed is free to come again.
        #expect(try await self.accounts.recover(phrase.description, with: first).id == account.id)
        let other = try await self.accounts.register(second, name: "Grace")
        #expect(try await self.accounts.remove(rest, from: other.id, evenTheLast: true).certificates.isEmpty)
        #expect(try await self.accounts.account(named: "Grace") != nil)
    }

    @Test("Of two devices that remove each other at once, one stays")
    func removeRace() async throws {
        let account = try await self.accounts.register(try self.fixture.certificate(), name: "Ada")
        let code = try await self.accounts.pairingCode(for: account.id).description
        let ids = try await self.accounts.pair(code, with: try self.fixture.certificate()).certificates.map(\.id)
        await withTaskGroup(of: Void.self) { group in
            for id in ids {
                group.addTask { _ = try? await self.accounts.remove(id, from: account.id) }
            }
        }
        #expect(try await self.accounts.account(account.id)?.certificates.count == 1)
    }

    @Test("Certificates that end soon are told of, the next first")
    func expiring() async throws {
        let account = try await self.accounts.register(try self.fixture.certificate("long", days: 300), name: "Ada")
        for (name, days) in [("month", 30), ("week", 7)] {
            let code = try await self.accounts.pairingCode(for: account.id).description
            _ = try await self.accounts.pair(code, with: try self.fixture.certificate(days: days), label: name)
        }
        let now = try #require(try await self.accounts.account(account.id))
        func labels(_ days: Int) -> [String] {
            self.accounts.certificates(of: now, expiringWithin: .seconds(86_400 * days)).map(\.label)
        }
        #expect(labels(6) == [])
        #expect(labels(8) == ["week"])
        #expect(labels(60) == ["week", "month"])
        self.fixture.clock.advance(by: .seconds(86_400 * 40))
        #expect(labels(0) == ["week", "month"])
    }

    @Test("Labels are a line of what can be seen")
    func labels() async throws {
        let text = "phone\n\u{202E}\u{7}" + String(repeating: "x", count: 100)
        let account = try await self.accounts.register(try self.fixture.certificate(), name: "Ada", label: text)
        #expect(account.certificates[0].label == "phone" + String(repeating: "x", count: 56))
        let id = account.certificates[0].id
        #expect(try await self.accounts.label(id, of: account.id, "tablet").certificates[0].label == "tablet")
    }

    @Test("A phrase also opens an account that is full of certificates: the oldest makes room")
    func recoverFull() async throws {
        let fixture = AccountsFixture { $0.certificatesPerAccount = 2 }
        let lost = [try fixture.certificate(), try fixture.certificate()]
        let account = try await fixture.accounts.register(lost[0], name: "Ada")
        let code = try await fixture.accounts.pairingCode(for: account.id).description
        _ = try await fixture.accounts.pair(code, with: lost[1])
        let phrase = try await fixture.accounts.recoveryPhrase(for: account.id).description
        let device = try fixture.certificate()
        for _ in 1...2 {
            let recovered = try await fixture.accounts.recover(phrase, with: device)
            #expect(recovered.certificates.map(\.id) == [lost[1], device].map(AccountCertificate.ID.init(of:)))
        }
        #expect(try await fixture.accounts.account(for: lost[0]) == nil)
        #expect(try await fixture.accounts.account(for: lost[1])?.id == account.id)
    }
}
