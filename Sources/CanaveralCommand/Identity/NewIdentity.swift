import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral identity new`
struct NewIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "new", abstract: "Make an identity.")

    @Argument(help: ArgumentHelp("Its name, which servers may show to others.", valueName: "name"))
    var name: String

    @Option(name: [.customShort("D"), .long], help: ArgumentHelp("How long it is valid.", valueName: "days"))
    var days = 3650

    @Option(help: ArgumentHelp("Show it at this address, and below.", valueName: "url"))
    var at: String?

    func validate() throws {
        guard self.days > 0, self.days <= 365_000 else { throw ValidationError("--days takes a number above 0.") }
        guard !self.name.isEmpty else { throw ValidationError("An identity needs a name.") }
    }

    func run() async throws {
        try await Failure.reporting {
            let scope = try self.at.map { text throws(Failure) in try IdentityScope.named(text) }
            try await IdentityStore.ofUser().checkFree(self.name)
            let made = try await Failure.storing { () async throws(StorageError) in
                let store = try IdentityStore.standard()
                let identity = try await store.make(name: self.name, days: self.days)
                if let scope { try await store.activate(identity, at: scope) }
                return identity
            }
            Terminal.result("\(made.fingerprint)")
        }
    }
}
