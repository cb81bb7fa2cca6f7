import ArgumentParser
import CanaveralConfiguration
import GeminiProtocol
import GeminiTLS

/// `canaveral check`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judge a configuration file and what it points to.",
        discussion: """
            Reads canaveral.toml as 'canaveral serve' does, looks at the folders, certificates, keys and programs that it names, and \
            prints every problem with its line. Nothing is changed, and nobody is served.

            Exit code 78 where something would keep the server from starting so; warnings alone are 0.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The file, or - for standard input, whose relative paths begin in the current folder. (default: canaveral.toml in the current folder or in /etc/canaveral)",
            valueName: "file"
        ),
        completion: .file(extensions: ["toml"])
    )
    var file: String?

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The file, the same as the argument.", valueName: "file"),
        completion: .file(extensions: ["toml"])
    )
    var namedFile: String?

    @Flag(help: "Print a configuration with every setting, what it is for, and its default.")
    var printDefaults = false

    @Flag(help: ArgumentHelp("Print the manual page canaveral.toml(5).", visibility: .private))
    var printManual = false

    func validate() throws {
        if self.file != nil && self.namedFile != nil {
            throw ValidationError("Name the file once, either as an argument or with --config.")
        }
    }

    func run() async throws {
        try await Failure.reporting {
            if self.printDefaults { return try Terminal.result(bytes: Array(DefaultsText.text.utf8)) }
            if self.printManual { return try Terminal.result(bytes: Array(ManualPage.text.utf8)) }
            guard let name = self.file ?? self.namedFile ?? ConfigurationSource.standardFile else {
                throw Failure.configuration(
                    "There is neither canaveral.toml here nor /etc/canaveral/canaveral.toml: name a file, or make one of 'canaveral check --print-defaults'."
                )
            }
            try self.check(name)
        }
    }

    /// - Parameter path: the file, or `-` for standard input.
    private func check(_ path: String) throws {
        let isInput = path == "-"
        let name = isInput ? "standard input" : path
        let file = isInput ? nil : ConfigurationSource.absolute(path)
        let input = isInput ? try Terminal.input() : []
        var problems: [ConfigurationProblem]
        do {
            let (configuration, found) = try Self.survey(file, or: input)
            problems = found + ConfigurationCheck(configuration, file: file, now: .now).problems()
        } catch {
            problems = error.problems
        }
        for problem in problems { Terminal.result(Terminal.harmless(problem.description(in: name))) }
        let errors = problems.count { $0.severity == .error }
        guard errors == 0 else {
            throw Failure.configuration("\(name) has \(errors == 1 ? "an error" : "\(errors) errors").")
        }
        Terminal.notice("\(Terminal.harmless(name)) is good\(problems.isEmpty ? "" : ", with the warnings above").")
    }

    private static func survey(
        _ file: String?,
        or input: [UInt8]
    ) throws(InvalidConfiguration) -> (configuration: Configuration, problems: [ConfigurationProblem]) {
        guard let file else { return try Configuration.survey(input, folder: ConfigurationSource.currentFolder) }
        return try Configuration.survey(file)
    }
}
