import ArgumentParser

/// The program.
@main
struct Canaveral: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "canaveral",
        abstract: "Serve a folder over the Gemini protocol.",
        subcommands: [ServeCommand.self, CertificateCommand.self, DoctorCommand.self],
        defaultSubcommand: ServeCommand.self
    )

    /// Somebody who asks for help without naming a subcommand wants the flags of the one that is meant without a name.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        await self.main([["--help"], ["-h"], ["help"]].contains(arguments) ? ["help", "serve"] : arguments)
    }
}
