import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral identity add`
struct AddIdentity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add an identity from another program's files, in PEM or DER."
    )

    @Argument(help: ArgumentHelp("The certificate, and perhaps its key.", valueName: "certificate"))
    var certificate: String

    @Argument(help: ArgumentHelp("The key, where it is in a file of its own.", valueName: "key"))
    var key: String?

    func run() async throws {
        try await Failure.reporting {
            let added = try await Failure.storing { () async throws(StorageError) in
                try await IdentityStore.standard().add(certificatePath: self.certificate, keyPath: self.key)
            }
            Terminal.result("\(added.fingerprint)")
        }
    }
}
