import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral identity use`
struct UseIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use",
        abstract: "Show an identity at an address from now on, and below."
    )

    @Argument(help: ArgumentHelp("Its name, or the beginning of its fingerprint.", valueName: "name"))
    var name: String

    @Argument(help: ArgumentHelp("Where to show it.", valueName: "url"))
    var address: String

    func run() async throws {
        try await Failure.reporting {
            let scope = try IdentityScope.named(self.address)
            try await Failure.storing { () async throws(StorageError) in
                let store = try IdentityStore.standard()
                try await store.activate(store.stored(named: self.name).identity, at: scope)
            }
        }
    }
}
