import Canaveral
import CanaveralConfiguration
import CanaveralService
import GeminiServer
import GeminiTLS
import Logging

/// What a service says of what it was given.
extension Service {
    /// Has what is said follow the settings.
    func follow(_ log: LogSettings) {
        ProgramLog.set(log.level)
        self.offenders.addressDisplay = log.addresses
    }

    /// Opens the access log.
    ///
    /// - Throws: ``InvalidConfiguration`` where the file names one that cannot be written, ``Failure`` where a flag does; then
    ///   everything stays as it was.
    func use(_ settings: LogSettings, in logs: inout ServiceLogs) throws {
        do {
            try logs.use(settings, logger: self.logger)
        } catch let error as FileError {
            // As it is called outside.
            let path = (self.process.root.map(\.folder) ?? "") + error.path
            guard let file = self.source.file, let line = settings.lines["access"], self.command.logs.accessLog == nil
            else {
                throw Failure.configuration(
                    "The access log \(path) cannot be written (\(Failure.reason(error.errno))): name a file that can be written, or use --no-access-log."
                )
            }
            let sentence = "\(UnwritablePath(path, errno: error.errno))"
            throw InvalidConfiguration(
                file: file,
                problems: [ConfigurationProblem(sentence, at: "log.access", line: line)]
            )
        }
    }

    func say(_ warnings: [ConfigurationProblem]) {
        for warning in warnings {
            self.logger.warning("\(warning.logDescription(in: self.source.file))")
        }
    }

    /// What is not wise about a configuration.
    func remarks(on configuration: Configuration) -> [ConfigurationProblem] {
        let file = self.process.place(of: self.source.file)
        let check = ConfigurationCheck(configuration, file: file, now: .now)
        return check.remarks() + (self.process.bound == nil ? [] : check.renewalRemarks())
    }

    func say(about certificate: ServiceCertificate) {
        let identity = certificate.identity.current
        for warning in identity.warnings {
            self.logger.warning("\(warning)")
        }
        for remark in certificate.remarks {
            self.logger.notice("\(Terminal.harmless(remark))")
        }
        let uncovered = identity.uncovered(self.command.listen.hosts().map(\.certificateName))
        if !uncovered.isEmpty {
            self.logger.warning(
                "The certificate is not for \(uncovered.joined(separator: ", ")): clients that check names will refuse it."
            )
        }
    }

    /// What another configuration has that only a start can bring, as one sentence.
    ///
    /// - Parameter configuration: with its paths as they are outside of any root.
    func restartRemark(on configuration: Configuration) -> String? {
        guard let first = self.process.configuration?.configuration else { return nil }
        let settings = configuration.settingsOfStart(unlike: first)
        guard !settings.isEmpty else { return nil }
        let names = settings.map { "'\($0)'" }.formatted
        return
            "\(names) \(settings.count == 1 ? "is" : "are") not what the server was started with, and \(settings.count == 1 ? "counts" : "count") from its next start on: restart it."
    }

    /// How many hosts came and went, where any did, as a sentence to go behind another.
    static func difference(from old: Set<String>, to new: Set<String>) -> String {
        let (come, gone) = (new.subtracting(old).count, old.subtracting(new).count)
        guard come + gone > 0 else { return "" }
        return " Of its hosts, \(come) \(come == 1 ? "is" : "are") new and \(gone) \(gone == 1 ? "is" : "are") gone."
    }
}

extension [String] {
    /// As a sentence lists them: "a, b and c".
    fileprivate var formatted: String {
        let rest = self.dropLast().joined(separator: ", ")
        return rest.isEmpty ? self.last ?? "" : "\(rest) and \(self.last ?? "")"
    }
}
