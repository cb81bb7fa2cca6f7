import ArgumentParser

/// `canaveral serve`, which is also what `canaveral` does without a subcommand.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a folder over the Gemini protocol (what canaveral does without a subcommand).",
        usage: """
            canaveral [<dir>] [<options>]
            canaveral <command> ...
            """,
        discussion: """
            Run 'canaveral DIR', then open gemini://localhost/ in a Gemini client. The certificate is made by itself, \
            kept, and renewed with the same key.

            A folder shows its index.gmi, or a listing. Names that begin with a dot are hidden, and nothing outside the \
            folder is ever served. Symbolic links are followed within the folder, also to what is hidden there: a link is \
            how its author shows it. When another folder takes the place of this one, or a link to it is pointed \
            elsewhere, the other is served.

            The server ends at SIGINT or SIGTERM, when running responses have finished or their grace is over; at a second \
            signal it ends at once.

            At SIGHUP the certificates and the file of --config are read again; where that has an error, the server goes on as it \
            was and says so. At SIGUSR1 the access log is opened again, for logrotate.

            Other commands, each with its own help ('canaveral help get'): get and put fetch and publish pages; doctor \
            examines a server, links a capsule, bench loads a server; check judges a configuration file, import makes one of another server's; certificate looks after the server's certificates, \
            identity after yours, known-hosts after the servers that you have met.

            A folder that goes by the name of a command is served by its path, as in 'canaveral ./certificate'.
            """
    )

    @Argument(
        help: ArgumentHelp("The folder to serve. (default: the current folder)", valueName: "dir"),
        completion: .directory
    )
    var folder: String?

    @OptionGroup(title: "What is served")
    var configuration: ConfigurationOptions

    @OptionGroup(title: "What is served")
    var content: ContentOptions

    @OptionGroup(title: "Programs")
    var programs: ProgramOptions

    @OptionGroup(title: "Daemons")
    var daemons: DaemonOptions

    @OptionGroup(title: "Other servers")
    var proxies: ProxyOptions

    @OptionGroup(title: "Where")
    var listen: ListenOptions

    @OptionGroup(title: "Certificate")
    var certificate: CertificateOptions

    @OptionGroup(title: "Limits")
    var policy: PolicyOptions

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    @OptionGroup(title: "Logs")
    var logs: LogOptions

    @OptionGroup(title: "The process")
    var process: ProcessOptions

    @Flag(name: [.customShort("V"), .customLong("version")], help: "Print the version.")
    var version = false

    /// The folder that was named, if any was.
    var namedFolder: String? {
        self.folder ?? self.content.directory
    }

    func validate() throws {
        if self.folder != nil && self.content.directory != nil {
            throw ValidationError("Name the folder once, either as an argument or with --dir.")
        }
        let certificate = self.certificate.given.joined(separator: ", ")
        if self.listen.isPlain, !certificate.isEmpty {
            throw ValidationError(
                "--no-tls and \(certificate) exclude each other: in the clear no certificate is shown, and none is made."
            )
        }
        if let names = self.programs.names, self.daemons.paths.contains(names) {
            throw ValidationError("A daemon is to answer for the folder of --cgi-dir: name another path.")
        }
        for proxy in self.proxies.proxies
        where self.daemons.paths.contains(proxy.names) || self.programs.names == proxy.names {
            throw ValidationError("Programs are to answer for \(proxy.path), which --proxy takes: name another path.")
        }
    }

    func run() async throws {
        if self.version {
            Terminal.result("canaveral \(Canaveral.version)")
            return
        }
        try await Failure.reporting {
            try await Service(self).run()
        }
    }
}
