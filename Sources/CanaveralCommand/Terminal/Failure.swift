import ArgumentParser
import GeminiProtocol

/// A reason to stop, as one sentence on standard error, and the exit code that goes with it.
enum Failure: Error {
    /// What was asked for cannot be done: exit code 1.
    case work(String)
    /// What was configured cannot be used: exit code 78, EX_CONFIG of sysexits(3).
    case configuration(String)

    /// A server answered, but not with a page: the exit code is ten times the first digit of the status.
    case answer(Status.Group, String)

    /// Prints the sentence, and gives the parser the exit code to end with.
    func report() -> ExitCode {
        switch self {
        case .work(let sentence):
            Terminal.notice("canaveral: \(Terminal.harmless(sentence))")
            return ExitCode(1)
        case .configuration(let sentence):
            Terminal.notice("canaveral: \(Terminal.harmless(sentence))")
            return ExitCode(78)
        case .answer(let group, let sentence):
            Terminal.notice("canaveral: \(Terminal.harmless(sentence))")
            return ExitCode(Int32(group.rawValue * 10))
        }
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
