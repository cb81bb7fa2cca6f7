import ArgumentParser
import GeminiClient
import GeminiProtocol

/// `canaveral known-hosts`: the servers that were met, and their certificates.
struct KnownHostsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "known-hosts",
        abstract: "List and forget the servers that were met, and exchange them with other clients.",
        subcommands: [ListKnownHosts.self, ForgetKnownHost.self, ImportKnownHosts.self, ExportKnownHosts.self]
    )

    /// Where they are remembered.
    struct Location: ParsableArguments {
        @Option(
            name: .customLong("known-hosts"),
            help: ArgumentHelp("The file (default: ~/.local/share/canaveral/known_hosts).", valueName: "file")
        )
        var path: String?

        func store() throws(StorageError) -> KnownHosts {
            if let path { KnownHosts(path: path) } else { try KnownHosts.standard() }
        }
    }

    /// The forms of other programs.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case lagrange, gmni
        case goGemini = "go-gemini"

        var format: KnownHostsFormat {
            switch self {
            case .lagrange: .lagrange
            case .gmni: .gmni
            case .goGemini: .goGemini
            }
        }
    }
}

/// `canaveral known-hosts list`
struct ListKnownHosts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the servers that were met.")

    @OptionGroup var location: KnownHostsCommand.Location

    func run() async throws {
        try await Failure.reporting {
            let all = try await Failure.storing { () async throws(StorageError) in try await self.location.store().all()
            }
            for known in all {
                let fingerprint = (known.publicKeyFingerprint ?? known.fingerprint)?.description ?? "-"
                let end = known.notAfter.map { "until \($0)" } ?? ""
                Terminal.result("\(known.host):\(known.port)  \(fingerprint)  \(end)")
            }
        }
    }
}

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
            guard wasKnown else { throw Failure.work("\(url.host):\(port) was not known.") }
        }
    }
}

/// `canaveral known-hosts import`
struct ImportKnownHosts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over the servers that another client knows.",
        discussion:
            "A server that is known here by another certificate stays as it is, and is named: then the exit code is 1."
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
            Terminal.notice("\(reading.hosts.count - conflicts.count) servers are known now from \(self.file).")
            for line in reading.skippedLines { Terminal.notice("\(self.file):\(line): not understood, left out") }
            for host in conflicts { Terminal.notice("\(host.host):\(host.port): known here by another certificate") }
            guard conflicts.isEmpty, reading.skippedLines.isEmpty else {
                throw Failure.work("Not everything in \(self.file) was taken over.")
            }
        }
    }
}

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
            let all = try await Failure.storing { () async throws(StorageError) in try await self.location.store().all()
            }
            let writing = self.form.format.text(of: all)
            try Terminal.result(bytes: Array(writing.text.utf8))
            for host in writing.omitted {
                Terminal.notice("\(host.host):\(host.port): the form of \(self.form.rawValue) cannot tell of it")
            }
        }
    }
}
