import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral known-hosts export`
struct ExportKnownHosts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the servers that were met in the form of another client."
    )

    @Argument(help: ArgumentHelp("The other client.", valueName: "form"))
    var form: KnownHostsCommand.Form

    @OptionGroup var location: KnownHostsCommand.Location

    func run() async throws {
        try await Failure.reporting {
            let writing = self.form.format.text(of: try await self.location.all())
            try Terminal.result(bytes: Array(writing.text.utf8))
            for host in writing.omitted {
                Terminal.notice(
                    "\(host.host):\(host.port): the form of \(self.form.rawValue) has no place for what is known of it"
                )
            }
        }
    }
}
