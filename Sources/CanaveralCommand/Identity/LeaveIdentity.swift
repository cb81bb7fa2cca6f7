import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral identity leave`
struct LeaveIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave",
        abstract: "Show no identity at an address any longer."
    )

    @Argument(help: ArgumentHelp("Where one is shown, as the list has it.", valueName: "url"))
    var address: String

    func run() async throws {
        try await Failure.reporting {
            let scope = try IdentityScope.named(self.address)
            let wasActive = try await Failure.storing { () async throws(StorageError) in
                try await IdentityStore.standard().deactivate(scope)
            }
            guard wasActive else { throw Failure.work("No identity is shown at \(scope).") }
        }
    }
}
