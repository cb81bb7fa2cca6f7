import ArgumentParser
import GeminiClient

extension KnownHostsCommand {
    /// Where they are remembered.
    struct Location: ParsableArguments {
        @Option(
            name: .customLong("known-hosts"),
            help: ArgumentHelp("The file (default: ~/.local/share/canaveral/known_hosts).", valueName: "file")
        )
        var path: String?

        func store() throws(StorageError) -> KnownHosts {
            if let path { KnownHosts(path: path) } else { try KnownHosts.standard() }
        }

        func all() async throws(Failure) -> [KnownHost] {
            try await Failure.storing { () async throws(StorageError) in try await self.store().all() }
        }
    }
}
