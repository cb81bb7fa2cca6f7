import CanaveralService

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the user whom the server is to become may not do with what the configuration names.
extension ConfigurationCheck {
    func userProblems() -> [ConfigurationProblem] {
        let process = self.configuration.process
        guard
            let user = try? ServiceUser(user: process.user, group: process.group, isToBeAssumed: false),
            !user.isCurrent
        else { return [] }
        var problems = UserProblems(self.configuration, user)
        problems.look()
        let unreadable = self.configuration.identityFiles.filter { user.may(.read, $0) == false }
        if !self.configuration.isInClear, let sentence = Self.sentence(onUnreadable: unreadable, by: user.name) {
            problems.found.append(
                ConfigurationProblem(
                    sentence,
                    at: "certificate",
                    line: self.configuration.line(of: unreadable[0]),
                    severity: .warning
                )
            )
        }
        return problems.found
    }

    /// What is to be said of certificates and keys that the process cannot read any more, now that it is who it is: they were
    /// read before, and their renewal would go unnoticed.
    package func renewalRemarks() -> [ConfigurationProblem] {
        guard self.configuration.process.user != nil, !self.configuration.isInClear else { return [] }
        let unreadable = self.configuration.identityFiles.filter { access($0, R_OK) != 0 }
        let user = self.configuration.process.user ?? ""
        return Self.sentence(onUnreadable: unreadable, by: user).map {
            [ConfigurationProblem($0, at: "certificate", severity: .warning)]
        } ?? []
    }

    private static func sentence(onUnreadable files: [String], by user: String) -> String? {
        guard let file = files.first else { return nil }
        let others = files.count == 1 ? "" : " and \(files.count - 1) more of its kind"
        return
            "\(file)\(others) cannot be read again by \(user), so that a renewed certificate is not shown before the server is restarted: let a group of that user read it and the folders around, or have a deploy hook (certbot --deploy-hook) restart the server."
    }
}

extension Configuration {
    /// The files of certificates and keys, each once.
    package var identityFiles: [String] {
        var files: [String] = []
        for host in self.hosts where host.passThrough == nil {
            guard case .files(let certificate, let key) = host.certificate else { continue }
            for case let file? in [certificate, key] where !files.contains(file) { files.append(file) }
        }
        return files
    }
}
