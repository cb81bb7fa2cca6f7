import CanaveralConfiguration
import GeminiServer
import Logging

/// The access log of a service, over its reloads: the same file stays open.
struct ServiceLogs {
    private(set) var accessLog: AccessLogFile?
    private var settings: LogSettings?

    /// Opens what the settings name, unless it is open already.
    ///
    /// - Throws: `FileError` where it cannot be written; then everything stays as it was.
    mutating func use(_ settings: LogSettings, logger: Logger) throws {
        if let current = self.settings, current.access == settings.access, current.format == settings.format { return }
        switch settings.access {
        case .nowhere:
            self.accessLog = nil
        case .standardOutput:
            self.accessLog = .standardOutput(format: settings.format, logger: logger)
        case .file(let path):
            self.accessLog = try AccessLogFile(path: path, format: settings.format, logger: logger)
        }
        self.settings = settings
    }
}
