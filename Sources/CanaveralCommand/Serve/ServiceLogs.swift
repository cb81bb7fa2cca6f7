import CanaveralConfiguration
import GeminiServer
import Logging

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The access log of a service, over its reloads: the same file stays open.
struct ServiceLogs {
    private(set) var accessLog: AccessLogFile?
    private var settings: LogSettings?

    /// Opens what the settings name, unless it is open already.
    ///
    /// - Throws: ``Failure``; then everything stays as it was.
    mutating func use(_ settings: LogSettings, logger: Logger) throws {
        if let current = self.settings, current.access == settings.access, current.format == settings.format { return }
        switch settings.access {
        case .nowhere:
            self.accessLog = nil
        case .standardOutput:
            self.accessLog = .standardOutput(format: settings.format, logger: logger)
        case .file(let path):
            do {
                self.accessLog = try AccessLogFile(path: path, format: settings.format, logger: logger)
            } catch let error as FileError {
                throw Failure.configuration(
                    "The access log \(path) cannot be written (\(String(cString: strerror(error.errno)))): name a file that can be written, or use --no-access-log."
                )
            }
        }
        self.settings = settings
    }
}
