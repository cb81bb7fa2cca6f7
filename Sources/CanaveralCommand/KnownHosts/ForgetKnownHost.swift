import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral known-hosts forget`
struct ForgetKnownHost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Forget a server, so that it is met for the first time again."
    )

    @Argument(help: ArgumentHelp("The server.", valueName: "host[:port]"))
    var server: String

    @OptionGroup var location: KnownHostsCommand.Location

    func run() async throws {
        try await Failure.reporting {
            let url = try ClientOptions.url(self.server)
            let port = url.effectivePort ?? GeminiURL.defaultPort
            let wasKnown = try await Failure.storing { () async throws(StorageError) in
                try await self.location.store().forget(url.host, port: port)
            }
            guard wasKnown else {
                throw Failure.work(
                    "\(url.host):\(port) was not known: canaveral known-hosts list shows those that are."
                )
            }
        }
    }
}
