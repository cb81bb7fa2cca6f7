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
        var problems: [ConfigurationProblem] = []
        func warn(_ sentence: String, at key: String) {
            let problem = ConfigurationProblem(sentence, at: key, severity: .warning)
            if !problems.contains(problem) { problems.append(problem) }
        }
        let identities = Set(self.configuration.identityFiles)
        var copy = self.configuration
        copy.forEachPath { path, use in
            switch use {
            case .root where user.may(.read, path) == false:
                warn("\(path) cannot be read by \(user.name), as whom the server runs: let that user.", at: "root")
            case .uploads where user.may(.write, path) == false:
                warn(
                    "\(path) cannot be written by \(user.name), as whom the server runs: 'chown \(user.name) \(path)' lets it take uploads.",
                    at: "titan"
                )
            case .state where user.may(.pass, Self.folder(of: path)) == false:
                // The folder itself is given to the user at the start.
                warn("\(path) cannot be reached by \(user.name), as whom the server runs.", at: "state-directory")
            case .log where user.may(.write, path) ?? user.may(.write, Self.folder(of: path)) == false:
                let place = access(path, F_OK) == 0 ? path : Self.folder(of: path)
                warn(
                    "\(place) cannot be written by \(user.name), as whom the server runs: 'chown \(user.name) \(place)' lets it.",
                    at: "log.access"
                )
            case .socket where user.may(.write, Self.folder(of: path)) == false:
                let place = Self.folder(of: path)
                warn(
                    "\(path) cannot be made by \(user.name), as whom the server runs: 'chown \(user.name) \(place)' lets it.",
                    at: "listener"
                )
            case .file where !identities.contains(path) && user.may(.read, path) == false:
                warn("\(path) cannot be read by \(user.name), as whom the server runs: let that user.", at: "")
            default:
                break
            }
        }
        let unreadable = self.configuration.identityFiles.filter { user.may(.read, $0) == false }
        if let sentence = Self.sentence(onUnreadable: unreadable, by: user.name) { warn(sentence, at: "certificate") }
        return problems
    }

    /// What is to be said of certificates and keys that the process cannot read any more, now that it is who it is: they were
    /// read before, and their renewal would go unnoticed.
    package func renewalRemarks() -> [ConfigurationProblem] {
        guard self.configuration.process.user != nil else { return [] }
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

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
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
