import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral identity remove`
struct RemoveIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove an identity and its key. Accounts that know you by it are lost."
    )

    @Argument(help: ArgumentHelp("Its name, or the beginning of its fingerprint.", valueName: "name"))
    var name: String

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    func run() async throws {
        try await Failure.reporting {
            let store = try IdentityStore.ofUser()
            let stored = try await Failure.storing { () async throws(StorageError) in
                try await store.stored(named: self.name)
            }
            let name = Terminal.harmless(stored.identity.commonName ?? stored.identity.fingerprint.description)
            if !self.yes {
                guard Terminal.isInteractive, await Terminal.confirm("Remove \(name) and its key for good?") else {
                    throw Failure.work("\(name) was not removed: answer yes on a terminal, or say --yes.")
                }
            }
            try await Failure.storing { () async throws(StorageError) in try await store.remove(stored.identity) }
        }
    }
}
