import Canaveral
import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What stands where the server is to write, and cannot be written as that.
extension ConfigurationCheck {
    func stateKindProblems() -> [ConfigurationProblem] {
        guard self.configuration.keepsState,
            let path = self.configuration.stateDirectory ?? (try? StateDirectory.standard())?.path
        else { return [] }
        var status = stat()
        let isThere = stat(path, &status) == 0
        guard isThere ? status.st_mode & S_IFMT != S_IFDIR : errno == ENOTDIR else { return [] }
        return [
            ConfigurationProblem(
                isThere
                    ? "\(path) is not a folder, and certificates and known hosts are to be kept in it: name a folder, or a path where one can be made."
                    : "\(path) cannot be made, for it would lie in what is not a folder: name another path.",
                at: "state-directory",
                line: self.configuration.lines["state-directory"]
            )
        ]
    }

    func logKindProblems() -> [ConfigurationProblem] {
        guard case .file(let path) = self.configuration.log.access else { return [] }
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        func problem(_ sentence: String, _ severity: ConfigurationProblem.Severity) -> [ConfigurationProblem] {
            [
                ConfigurationProblem(
                    sentence,
                    at: "log.access",
                    line: self.configuration.log.lines["access"],
                    severity: severity
                )
            ]
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            return problem("\(path) is a folder: name a file in it for the access log.", .error)
        case S_IFSOCK:
            return problem("\(path) is a socket, which no log can be written to: name a file.", .error)
        // Whether somebody reads it could only be found out by opening it, which would tell a reader that is alone of an end.
        case S_IFIFO:
            return problem(
                "\(path) is a FIFO: a server starts while somebody reads it, and at no other time.",
                .warning
            )
        default:
            return []
        }
    }
}

extension Configuration {
    /// Whether there are certificates or known hosts to keep.
    fileprivate var keepsState: Bool {
        self.hosts.contains { host in
            host.certificate == .automatic && host.passThrough == nil && !self.isInClear
                || host.locations.contains { if case .proxy = $0.answer { true } else { false } }
        }
    }
}
