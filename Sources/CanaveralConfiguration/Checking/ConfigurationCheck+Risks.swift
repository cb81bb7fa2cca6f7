import CanaveralService
import GeminiServer

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What works, and gives strangers more than somebody may have thought of.
extension ConfigurationCheck {
    /// Folders of the system's own, which are hardly meant for everybody.
    func systemRemarks() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var copy = self.configuration
        copy.forEachPath { path, use in
            guard use == .root || use == .uploads, Self.isOfSystem(path) else { return }
            let problem = ConfigurationProblem(
                "\(path) belongs to the system, and everybody is shown what the server may read there: serve a folder made for that.",
                at: use == .root ? "root" : "titan",
                line: self.configuration.line(of: path),
                severity: .warning
            )
            if !problems.contains(problem) { problems.append(problem) }
        }
        return problems
    }

    private static func isOfSystem(_ path: String) -> Bool {
        let folders: Set = [
            "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys",
            "/usr", "/var", "/var/lib", "/var/log", "/Library", "/System", "/Users", "/private", "/private/etc",
            "/private/var",
        ]
        return folders.contains(path) || ["/dev/", "/proc/", "/sys/"].contains { path.hasPrefix($0) }
    }

    /// Programs that the superuser would run.
    func programRemarks() -> [ConfigurationProblem] {
        guard self.isSuperuser, self.configuration.process.user == nil else { return [] }
        return self.configuration.hosts.flatMap { host in
            host.locations.compactMap { location in
                guard case .cgi(let settings) = location.answer, settings.user == nil,
                    access(settings.directory, F_OK) == 0
                else { return nil }
                return ConfigurationProblem(
                    "The programs in \(settings.directory) run as root where root starts the server so: name a 'user' for the server, or for them.",
                    at: "\(host.title), \(location.place)",
                    line: location.line,
                    severity: .warning
                )
            }
        }
    }

    /// The superuser's group, which files may be readable by that nobody else is to have.
    func groupRemarks() -> [ConfigurationProblem] {
        let process = self.configuration.process
        guard
            let user = try? ServiceUser(user: process.user, group: process.group, isToBeAssumed: false),
            process.user != nil, user.group == 0 || user.groups.contains(0)
        else { return [] }
        return [
            ConfigurationProblem(
                "As \(user.name) the server keeps root's group, and with it what that may read and write: name a group of its own.",
                at: process.group == nil ? "user" : "group",
                severity: .warning
            )
        ]
    }

    /// Folders that anybody may upload to.
    func uploadRemarks() -> [ConfigurationProblem] {
        self.configuration.hosts.flatMap { host in
            host.locations.compactMap { location in
                guard case .titan(let titan) = location.answer, titan.token == nil, !titan.requiresCertificate else {
                    return nil
                }
                let policies = [self.configuration.policy, host.policy, location.policy]
                guard policies.allSatisfy({ $0.certificates == nil && $0.addresses.admitsEverybody }) else {
                    return nil
                }
                return ConfigurationProblem(
                    "Anybody may upload here: set a 'token', or 'allow-certificates' or 'require-certificate', in its titan settings.",
                    at: "\(host.title), \(location.place)",
                    line: location.line,
                    severity: .warning
                )
            }
        }
    }
}
