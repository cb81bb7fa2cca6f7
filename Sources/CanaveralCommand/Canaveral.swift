import ArgumentParser

/// The program.
@main
struct Canaveral: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "canaveral",
        abstract: "Serve a folder over the Gemini protocol.",
        discussion: """
            With no subcommand, canaveral serves a folder: run `canaveral DIR`, then open gemini://localhost/ in a \
            Gemini client. The certificate is made by itself, kept, and renewed with the same key.
            """,
        subcommands: [ServeCommand.self, CertificateCommand.self],
        defaultSubcommand: ServeCommand.self
    )
}
