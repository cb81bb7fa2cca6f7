import ArgumentParser

/// `canaveral import`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write a configuration that does what another server's does.",
        discussion: """
            The canaveral.toml goes to standard output, with comments that say where each setting came from, and what \
            has no equal here to standard error, with what to do instead. The exit code is 0 when everything was carried \
            over, 1 when something was not, 64 for a command line and 78 for a file that the other server would refuse.
            """,
        subcommands: [ImportJetforce.self, ImportGmid.self, ImportAgate.self, ImportMollyBrown.self]
    )
}
