import ArgumentParser
import GeminiServer
import Logging

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What is written down, and where.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Append the access log to a file. (default: standard output)", valueName: "file"),
        completion: .file()
    )
    var accessLog: String?

    @Flag(name: .customLong("no-access-log"), help: "Write no access log.")
    var omitsAccessLog = false

    @Option(
        help: ArgumentHelp(
            "How much the server says on standard error: trace, debug, info, notice, warning, error or critical. TLS failures are told at debug. (default: notice)",
            valueName: "level"
        ),
        completion: .list(LogLevel.allCases.map(\.rawValue)),
        transform: OptionValue(
            expectation: "one of trace, debug, info, notice, warning, error and critical",
            read: LogLevel.init(rawValue:)
        ).transform
    )
    var logLevel: LogLevel = .notice

    func validate() throws {
        if self.omitsAccessLog && self.accessLog != nil {
            throw ValidationError("--access-log and --no-access-log exclude each other.")
        }
    }

    func logger() -> Logger {
        var logger = Logger(label: "canaveral") { _ in ProgramLog() }
        logger.logLevel = self.logLevel.level
        return logger
    }

    func accessLogFile(logger: Logger) throws -> AccessLogFile? {
        guard !self.omitsAccessLog else { return nil }
        guard let accessLog else { return .standardOutput(logger: logger) }
        do {
            return try AccessLogFile(path: accessLog, logger: logger)
        } catch let error as FileError {
            throw Failure.configuration(
                "The access log \(accessLog) cannot be written (\(String(cString: strerror(error.errno)))): name a file that can be written, or use --no-access-log."
            )
        }
    }
}

/// The levels of swift-log, on the command line.
enum LogLevel: String, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level {
        Logger.Level(rawValue: self.rawValue) ?? .notice
    }
}
