import ArgumentParser

/// The program.
@main
struct Canaveral: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "canaveral",
        abstract: "Serve a folder over the Gemini protocol.",
        subcommands: [
            ServeCommand.self, CheckCommand.self, CertificateCommand.self, GetCommand.self, PutCommand.self,
            LinksCommand.self,
            DoctorCommand.self, BenchCommand.self, IdentityCommand.self, KnownHostsCommand.self, ImportCommand.self,
        ],
        defaultSubcommand: ServeCommand.self
    )

    /// The words that are commands when they come first, and no folders.
    static var commandWords: [String] {
        self.configuration.subcommands.map { $0._commandName } + ["help"]
    }

    /// Runs the command that the arguments name, and ends the process with the exit code that it comes to.
    static func main() async {
        Terminal.reserveStreams()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if let unknown = UnknownCommand(arguments) { throw Failure.usage(unknown.sentence) }
            try ServiceProcess.prepare(arguments)
        } catch {
            self.exit(withError: (error as? Failure)?.report() ?? ExitCode.failure)
        }
        var status = await self.run(arguments)
        if status == .success, let failure = Terminal.failureToWriteResults {
            status = failure.report()
        }
        self.exit(withError: status)
    }

    private static func run(_ arguments: [String]) async -> ExitCode {
        do {
            if let script = try CompletionScript(requestedBy: arguments) {
                Terminal.result(script.text)
                return .success
            }
            // Who asks for help without naming a command wants the flags of the one that is meant without a name.
            let asksForHelp = [["--help"], ["-h"], ["help"]].contains(arguments)
            var command = try await self.asyncParseAsRoot(asksForHelp ? ["help", "serve"] : arguments)
            if let serve = command as? ServeCommand, serve.namedFolder == nil,
                let namesake = CommandNamesake(arguments)
            {
                Terminal.notice("canaveral: \(namesake).")
            }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return .success
        } catch let failure as Failure {
            return failure.report()
        } catch let status as ExitCode {
            return status
        } catch {
            return self.conclude(error, of: arguments)
        }
    }

    /// Prints what the parser came to instead of a command: help on standard output, anything else as one sentence.
    private static func conclude(_ error: any Error, of arguments: [String]) -> ExitCode {
        let status = self.exitCode(for: error)
        let namesake = CommandNamesake(arguments)
        if status.isSuccess {
            Terminal.result(self.fullMessage(for: error))
            if let namesake { Terminal.notice("canaveral: \(namesake).") }
        } else {
            let sentence = UsageError(error, of: self, remark: namesake?.description).sentence
            Terminal.notice("canaveral: \(Terminal.harmless(sentence))")
        }
        return status
    }
}
