import ArgumentParser

/// `canaveral known-hosts`: the servers that were met, and their certificates.
struct KnownHostsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "known-hosts",
        abstract: "List and forget the servers that were met, and exchange them with other clients.",
        subcommands: [ListKnownHosts.self, ForgetKnownHost.self, ImportKnownHosts.self, ExportKnownHosts.self]
    )
}
