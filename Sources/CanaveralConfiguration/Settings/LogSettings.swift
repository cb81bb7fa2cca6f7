package import GeminiServer
package import Logging
import TOML

/// What `[log]` says.
package struct LogSettings: Hashable, Sendable {
    /// Where the access log goes.
    package enum Place: Hashable, Sendable {
        case standardOutput
        case file(String)
        case nowhere
    }

    package var level: Logger.Level = .notice
    package var access = Place.standardOutput
    package var format = AccessLogFormat.jetforce
    package var addresses = AddressDisplay.full
    /// For problems: where it stands in the file.
    package var lines = SettingLines()

    package init() {}
}

extension LogSettings {
    enum Keys {
        static let level = Setting(
            "level",
            .choice([
                "trace": Logger.Level.trace, "debug": .debug, "info": .info, "notice": .notice, "warning": .warning,
                "error": .error, "critical": .critical,
            ]),
            "How much the server says on standard error. TLS failures are told at debug.",
            standard: "\"notice\"",
            example: "\"info\""
        )
        static let access = Setting(
            "access",
            .logPlace,
            "Where the access log goes: \"stdout\" or \"-\", \"off\", or a file, which is reopened at SIGUSR1.",
            standard: "\"stdout\"",
            example: "\"/var/log/canaveral/access.log\""
        )
        static let format = Setting(
            "format",
            .choice([
                "jetforce": AccessLogFormat.jetforce, "common": .common, "combined": .combined, "json": .json,
                "tsv": .tsv,
            ]),
            """
            How a line of the access log is written. The columns of "tsv": time, address, status, request line, the text behind \
            the status, bytes sent, whether the response is whole, milliseconds to its first byte and to its end, the host that was \
            asked for, the port (that of the URL, else of the listener), TLS version, cipher suite, SNI, and the fingerprint of \
            the visitor's certificate (if addresses = "full"); - where there is none. "json" has the same.
            """,
            standard: "\"jetforce\"",
            example: "\"json\""
        )
        static let addresses = Setting(
            "addresses",
            .choice(["full": AddressDisplay.full, "truncated": .truncated, "hashed": .hashed, "off": .off]),
            """
            How much of visitors' addresses is written into logs: all, the network only (24 bits of IPv4, 48 of IPv6), a hash \
            with a secret that changes daily and is never kept, or nothing. Certificates are shown no further: by their \
            fingerprint only if it is "full", by a hash of the day if it is "truncated" or "hashed".
            """,
            standard: "\"full\"",
            example: "\"truncated\""
        )
    }

    static let schema = TableSchema(
        "log",
        "What is written down, and where.",
        [Keys.level.description, Keys.access.description, Keys.format.description, Keys.addresses.description]
    )

    init(_ table: TableReader) {
        if let level = table[Keys.level] { self.level = level }
        if let access = table[Keys.access] { self.access = access }
        if let format = table[Keys.format] { self.format = format }
        if let addresses = table[Keys.addresses] { self.addresses = addresses }
        self.lines = table.lines
    }
}

extension ValueForm where Value == LogSettings.Place {
    static var logPlace: ValueForm {
        ValueForm("\"stdout\", \"off\" or the path of a file") { node, place in
            guard let text = node.value.text else {
                place.report("It takes \"stdout\", \"off\" or the path of a file, and is \(node.value.shown).")
                return nil
            }
            guard !text.hasPrefix("~/") else {
                place.report("~ is not expanded: write the whole path.")
                return nil
            }
            return switch text {
            case "stdout", "-": .standardOutput
            case "off": .nowhere
            default: .file(place.resolved(text))
            }
        }
    }
}
