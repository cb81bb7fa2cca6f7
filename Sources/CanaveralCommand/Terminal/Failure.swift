import ArgumentParser
import CanaveralConfiguration
import GeminiProtocol

/// A reason to stop, as one sentence on standard error, and the exit code that goes with it.
enum Failure: Error {
    /// What was asked for cannot be done: exit code 1.
    case work(String)
    /// What was typed cannot be understood: exit code 64, EX_USAGE of sysexits(3).
    case usage(String)
    /// What was configured cannot be used: exit code 78, EX_CONFIG of sysexits(3).
    case configuration(String)

    /// A configuration has problems, each a sentence of its own: exit code 78.
    case invalid(InvalidConfiguration)

    /// A server answered, but not with a page: the exit code is ten times the first digit of the status.
    case answer(Status.Group, String)

    /// Nobody reads standard output any longer, as in `canaveral get URL | head -1`: exit code 141, which is that of a
    /// program that SIGPIPE ended, and as silent.
    case unread

    /// Prints the sentence, and says with which exit code to end.
    func report() -> ExitCode {
        if case .invalid(let error) = self {
            for problem in error.problems {
                let text = error.file.map(problem.description(in:)) ?? "canaveral: \(problem.sentence)"
                Terminal.notice(Terminal.harmless(text))
            }
            return ExitCode(78)
        }
        let (sentence, status): (String?, Int32) =
            switch self {
            case .work(let sentence): (sentence, 1)
            case .usage(let sentence): (sentence, 64)
            case .configuration(let sentence): (sentence, 78)
            case .invalid: (nil, 78)
            case .unread: (nil, 141)
            case .answer(let group, let sentence): (sentence, Int32(group.rawValue * 10))
            }
        if let sentence { Terminal.notice("canaveral: \(Terminal.harmless(sentence))") }
        return ExitCode(status)
    }

    /// Runs the work of a command, and turns a failure into its sentence and exit code.
    static func reporting<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let failure as Failure {
            throw failure.report()
        }
    }
}
