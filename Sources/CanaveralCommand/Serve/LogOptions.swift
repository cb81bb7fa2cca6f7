import ArgumentParser
import CanaveralConfiguration
import GeminiServer
import Logging

/// What is written down, and where.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Append the access log to a file (-: write it to standard output). (default: standard output)",
            valueName: "file"
        ),
        completion: .file()
    )
    var accessLog: String?

    @Flag(name: .customLong("no-access-log"), help: "Write no access log.")
    var omitsAccessLog = false

    @Option(
        help: ArgumentHelp(
            "How a line of the access log is written: jetforce, common, combined, json or tsv. (default: jetforce)",
            valueName: "format"
        ),
        completion: .list(AccessLogFormat.allCases.map(\.rawValue)),
        transform: OptionValue(
            expectation: "one of jetforce, common, combined, json and tsv",
            read: AccessLogFormat.init(rawValue:)
        ).transform
    )
    var logFormat: AccessLogFormat?

    @Option(
        help: ArgumentHelp(
            "How much of visitors' addresses is written into logs: full, truncated to the network, hashed with a secret that changes daily, or off. (default: full)",
            valueName: "form"
        ),
        completion: .list(AddressDisplay.allCases.map(\.rawValue)),
        transform: OptionValue(
            expectation: "one of full, truncated, hashed and off",
            read: AddressDisplay.init(rawValue:)
        ).transform
    )
    var logAddresses: AddressDisplay?

    @Option(
        help: ArgumentHelp(
            "An address and port, such as 127.0.0.1:9965, at which metrics can be read over HTTP. (default: nowhere)",
            valueName: "address"
        ),
        transform: { text in
            var sentence: String?
            do throws(ListenAddressProblem) {
                if case .network(let address) = try ListenerSettings.Address(text) { return address }
            } catch {
                sentence = error.sentence
            }
            throw ValidationError(sentence ?? "it takes an address and a port, such as 127.0.0.1:9965.")
        }
    )
    var metrics: ListenAddress?

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
    var logLevel: LogLevel?

    func validate() throws {
        if self.omitsAccessLog && self.accessLog != nil {
            throw ValidationError("--access-log and --no-access-log exclude each other.")
        }
    }

    /// What is written down, as these flags change it.
    func apply(to log: inout LogSettings) {
        if let logLevel { log.level = logLevel.level }
        if let accessLog { log.access = accessLog == "-" ? .standardOutput : .file(accessLog) }
        if self.omitsAccessLog { log.access = .nowhere }
        if let logFormat { log.format = logFormat }
        if let logAddresses { log.addresses = logAddresses }
    }
}

/// The levels of swift-log, on the command line.
enum LogLevel: String, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level {
        Logger.Level(rawValue: self.rawValue) ?? .notice
    }
}
