import Canaveral
import GeminiTLS
import StoreConformance

/// Accounts in memory, with a clock that the test sets and visitors with certificates.
struct AccountsFixture {
    let clock = TestClock()
    let store: MemoryStore
    let accounts: Accounts

    init(_ configure: (inout Accounts.Configuration) -> Void = { _ in }) {
        let clock = self.clock
        var configuration = Accounts.Configuration()
        configure(&configuration)
        self.store = MemoryStore { clock.now }
        self.accounts = Accounts(
            in: self.store,
            configuration: configuration,
            now: { clock.now },
            randomBytes: nil,
            slowHash: SlowHash(rounds: 16)
        )
    }

    func identity(_ name: String = "visitor", days: Int = 365) throws -> Identity {
        try Identity.generate(names: [], commonName: name, days: days, purpose: .client, at: self.clock.now)
    }

    func certificate(_ name: String = "visitor", days: Int = 365) throws -> ClientCertificate {
        ClientCertificate(der: try self.identity(name, days: days).leaf.der)
    }

    /// How many entries all the spaces of the kit have, but for the secret and the counts of guesses.
    func entries() async throws -> Int {
        var count = 0
        for space in ["", ".names", ".certificates", ".pairing", ".recovery"] {
            count += try await self.store.keys(in: "accounts" + space).count
        }
        return count
    }
}
