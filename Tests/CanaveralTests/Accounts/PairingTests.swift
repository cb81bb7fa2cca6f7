import Canaveral
import GeminiTLS
import StoreConformance
import Testing

@Suite("Accounts: pairing")
struct PairingTests {
    private let fixture = AccountsFixture()
    private var accounts: Accounts { self.fixture.accounts }

    private func register(_ name: String = "Ada") async throws -> Account {
        try await self.accounts.register(try self.fixture.certificate("laptop"), name: name)
    }

    @Test("A code adds another device, once")
    func pair() async throws {
        let account = try await self.register()
        let code = try await self.accounts.pairingCode(for: account.id)
        #expect(code.description.wholeMatch(of: /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/) != nil)
        let phone = try self.fixture.certificate("phone")
        let paired = try await self.accounts.pair(code.description, with: phone)
        #expect(paired.id == account.id)
        #expect(paired.certificates.map(\.label) == ["laptop", "phone"])
        #expect(try await self.accounts.account(for: phone) == paired)
        await #expect(throws: AccountError.wrongCode) {
            try await self.accounts.pair(code.description, with: try self.fixture.certificate())
        }
    }

    @Test("A code may be typed in any case, with O for 0, L for 1, and signs or none")
    func spelling() async throws {
        let accounts = Accounts(
            in: self.fixture.store,
            now: { [clock = self.fixture.clock] in clock.now },
            randomBytes: { Array(repeating: 0, count: $0 - 1) + [1] }
        )
        let account = try await self.register()
        let code = try await accounts.pairingCode(for: account.id)
        #expect(code.description == "0000-0001")
        #expect(try await accounts.pair(" oo0 o.O00l", with: try self.fixture.certificate()).id == account.id)
    }

    @Test("A code ends after ten minutes, and when the next is made")
    func expiry() async throws {
        let account = try await self.register()
        let first = try await self.accounts.pairingCode(for: account.id)
        let second = try await self.accounts.pairingCode(for: account.id)
        await #expect(throws: AccountError.wrongCode) {
            try await self.accounts.pair(first.description, with: try self.fixture.certificate())
        }
        self.fixture.clock.advance(by: .seconds(600))
        #expect(second.expires == self.fixture.clock.now)
        await #expect(throws: AccountError.wrongCode) {
            try await self.accounts.pair(second.description, with: try self.fixture.certificate())
        }
        let third = try await self.accounts.pairingCode(for: account.id)
        self.fixture.clock.advance(by: .seconds(599))
        _ = try await self.accounts.pair(third.description, with: try self.fixture.certificate())
    }

    @Test("Of two devices that type a code at once, one gets in")
    func race() async throws {
        let account = try await self.register()
        let code = try await self.accounts.pairingCode(for: account.id).description
        let devices = try (0..<8).map { _ in try self.fixture.certificate() }
        let successes = await withTaskGroup(of: Int.self) { group in
            for device in devices {
                group.addTask { (try? await self.accounts.pair(code, with: device)) == nil ? 0 : 1 }
            }
            return await group.reduce(0, +)
        }
        #expect(successes == 1)
        #expect(try await self.accounts.account(account.id)?.certificates.count == 2)
    }

    @Test("A certificate of another account is refused, and the code stays")
    func otherAccount() async throws {
        let account = try await self.register()
        let other = try self.fixture.certificate()
        try await self.accounts.register(other, name: "Grace")
        let code = try await self.accounts.pairingCode(for: account.id).description
        await #expect(throws: AccountError.certificateTaken) { try await self.accounts.pair(code, with: other) }
        #expect(try await self.accounts.pair(code, with: try self.fixture.certificate()).id == account.id)
    }

    @Test("After five guesses a certificate waits, right code or not, for as long as it is told")
    func guessing() async throws {
        let account = try await self.register()
        let device = try self.fixture.certificate()
        for guess in ["0000-0000", "nonsense", "", "1111-1111", "2222-2222"] {
            await #expect(throws: AccountError.wrongCode) { try await self.accounts.pair(guess, with: device) }
        }
        let end = self.fixture.clock.now + .seconds(600)
        self.fixture.clock.advance(by: .seconds(599))
        let code = try await self.accounts.pairingCode(for: account.id).description
        let error = await #expect(throws: AccountError.tooManyGuesses(until: end)) {
            try await self.accounts.pair(code, with: device)
        }
        #expect(error?.description == "There were too many attempts; try again after \(end).")
        self.fixture.clock.advance(by: .seconds(1))
        #expect(try await self.accounts.pair(code, with: device).id == account.id)
    }

    @Test("Guesses at once are no more than guesses one by one")
    func guessingAtOnce() async throws {
        let device = try self.fixture.certificate()
        let guesses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await self.accounts.pair("0000-0000", with: device)
                        return 0
                    } catch {
                        return error as? AccountError == .wrongCode ? 1 : 0
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(guesses == 5)
    }

    @Test("With a certificate for each guess, all together have a limit, and nothing is kept of those behind it")
    func guessingTogether() async throws {
        let fixture = AccountsFixture { $0.guesses.total = 3 }
        for _ in 0..<3 {
            await #expect(throws: AccountError.wrongCode) {
                try await fixture.accounts.pair("0000-0000", with: try fixture.certificate())
            }
        }
        let count = fixture.store.count
        await #expect(throws: AccountError.tooManyGuesses(until: fixture.clock.now + .seconds(600))) {
            try await fixture.accounts.pair("0000-0000", with: try fixture.certificate())
        }
        #expect(fixture.store.count == count)
    }

    @Test("The store has no code that could be read, and an account has a limit of certificates")
    func limits() async throws {
        let fixture = AccountsFixture { $0.certificatesPerAccount = 2 }
        let account = try await fixture.accounts.register(try fixture.certificate(), name: "Ada")
        let code = try await fixture.accounts.pairingCode(for: account.id).description
        let symbols = Array(code.filter { $0 != "-" }.utf8)
        for space in ["accounts", "accounts.pairing"] {
            for key in try await fixture.store.keys(in: space) {
                #expect(fixture.store.read(key)?.value.contains(symbols) == false)
            }
        }
        _ = try await fixture.accounts.pair(code, with: try fixture.certificate())
        let next = try await fixture.accounts.pairingCode(for: account.id).description
        await #expect(throws: AccountError.tooManyCertificates(limit: 2)) {
            try await fixture.accounts.pair(next, with: try fixture.certificate())
        }
    }
}
