import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral identity list`
struct ListIdentities: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List your identities, where they are shown, and their files."
    )

    func run() async throws {
        try await Failure.reporting {
            let all = try await Failure.storing { () async throws(StorageError) in
                try await IdentityStore.standard().all()
            }
            if all.isEmpty { Terminal.notice("There is none yet: canaveral identity new NAME makes one.") }
            for (index, stored) in all.enumerated() {
                if index > 0 { Terminal.result("") }
                Terminal.result("name:         \(Terminal.harmless(stored.identity.commonName ?? "(none)"))")
                Terminal.result("fingerprint:  \(stored.identity.fingerprint)")
                if let end = stored.identity.notAfter { Terminal.result("valid until:  \(end)") }
                for scope in stored.activeScopes { Terminal.result("shown at:     \(scope)") }
                for scope in stored.inactiveScopes { Terminal.result("once shown:   \(scope)") }
                Terminal.result("files:        \(stored.certificatePath)")
                Terminal.result("              \(stored.keyPath)")
            }
        }
    }
}
