import Canaveral

/// Somebody with an account. Whoever has none is shown the gate.
struct Pilot: ChildContext {
    var core: CoreContext
    let account: Account
    /// What they come with now.
    let certificate: AccountCertificate.ID
    let notebook: Session<Notebook>

    init(_ guest: Guest) async throws {
        guard let account = try await guest.parent.site.accounts.account(for: guest.certificate) else {
            throw AtTheGate()
        }
        self.core = guest.core
        self.account = account
        self.certificate = AccountCertificate.ID(of: guest.certificate)
        self.notebook = try guest.session(initial: Notebook())
    }

    var id: Account.ID { self.account.id }
    var taste: Taste { Taste(self.account) }
}

/// What is remembered of a pilot by device.
struct Notebook: Sendable, Codable {
    /// The last flight of those that they have heard about.
    var lastFlight: Int64 = 0
}

private struct AtTheGate: ResponseError {
    var response: Response { .redirect(to: "/site/gate") }
}
