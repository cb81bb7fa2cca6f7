import Canaveral
import CanaveralConfiguration
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
}
