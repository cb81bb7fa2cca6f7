import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral known-hosts list`
struct ListKnownHosts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the servers that were met.")

    @OptionGroup var location: KnownHostsCommand.Location

    func run() async throws {
        try await Failure.reporting {
            let all = try await self.location.all()
            if all.isEmpty { Terminal.notice("No server has been met yet.") }
            for known in all {
                let fingerprint = (known.publicKeyFingerprint ?? known.fingerprint)?.description ?? "-"
                let end = known.notAfter.map { "  until \($0)" } ?? ""
                Terminal.result("\(known.host):\(known.port)  \(fingerprint)\(end)")
            }
        }
    }
}
