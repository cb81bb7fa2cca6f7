import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral get`
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Fetch a page, and print it.",
        discussion: """
            On a terminal gemtext is laid out for reading, and a question of the server is asked there. Into a pipe or a \
            file the page goes as it came, byte for byte.

            The exit code tells the class of the answer: 0 for a page, 10 where input is wanted, 30 for a redirect that \
            was not followed, 40 for a temporary failure, 50 for a permanent one, 60 where it is about the certificate; \
            1 if there was no answer.
            """
    )

    @Argument(help: ArgumentHelp("The address of the page; gemini:// may be left out.", valueName: "url"))
    var address: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the page to a file (-: to standard output).", valueName: "file")
    )
    var output: String?

    @Flag(help: "Print the header of the answer too, in front of the page.")
    var header = false

    @Flag(help: "Print gemtext as it came on a terminal too.")
    var raw = false

    @Option(help: ArgumentHelp("The answer to the question that the server asks.", valueName: "text"))
    var input: String?

    @OptionGroup var connection: ClientOptions

    func validate() throws {
        guard self.output != "" else { throw ValidationError("--output takes the name of a file.") }
    }

    func run() async throws {
        try await Failure.reporting {
            try await Interruption.ending { try await self.get() }
        }
    }

    private func get() async throws {
        let url = try ClientOptions.url(self.address)
        let client = try await self.connection.client(for: url)
        let visit = Visit(client: client, options: self.connection, input: self.input, takesInput: true)
        switch try await visit.ending(at: url, of: { url throws(ClientError) in try await client.stream(url) }) {
        case .content(let page):
            let printer = PagePrinter(output: self.output, printsHeader: self.header, isRaw: self.raw)
            try await printer.print(page)
        case .redirect(let decision):
            throw Failure.answer(.redirect, "\(decision)")
        }
    }
}
