import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral known-hosts import`
struct ImportKnownHosts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over the servers that another client knows.",
        discussion: """
            A server that is known here by another certificate, or by a hash that the other client's cannot be compared \
            to, stays as it is, and is named. So is a line that is not understood. Then the exit code is 1.
            """
    )

    @Argument(help: ArgumentHelp("The other client.", valueName: "form"))
    var form: KnownHostsCommand.Form

    @Argument(help: ArgumentHelp("Its file, - for standard input.", valueName: "file"))
    var file: String

    @OptionGroup var location: KnownHostsCommand.Location

    func run() async throws {
        try await Failure.reporting {
            let text = self.file == "-" ? try Terminal.input() : try Terminal.content(ofFile: self.file)
            let reading = self.form.format.hosts(in: text)
            let conflicts = try await Failure.storing { () async throws(StorageError) in
                try await self.location.store().add(reading.hosts)
            }
            let count = reading.hosts.count - conflicts.count
            Terminal.notice("\(count) \(count == 1 ? "server is" : "servers are") known now from \(self.source).")
            for line in reading.skippedLines { Terminal.notice("\(self.source):\(line): not understood, left out") }
            let known = conflicts.isEmpty ? [] : try await self.location.all()
            for host in conflicts {
                let here = known.first { ($0.host, $0.port) == (host.host, host.port) }
                let reason =
                    here?.isComparable(to: host) ?? true
                    ? "known here by another certificate"
                    : "known here by a hash that this one cannot be compared to, left as it is"
                Terminal.notice("\(host.host):\(host.port): \(reason)")
            }
            guard conflicts.isEmpty, reading.skippedLines.isEmpty else {
                throw Failure.work("Not everything in \(self.source) was taken over.")
            }
        }
    }

    private var source: String {
        self.file == "-" ? "standard input" : Terminal.harmless(self.file)
    }
}
