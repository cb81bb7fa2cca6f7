import Canaveral
import CanaveralService
import GeminiFiles
package import GeminiProtocol
import GeminiServer
import GeminiTLS
import Logging

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Judges a configuration together with what it points to, without changing anything: no certificate is made, no socket is
/// opened, no log is written.
package struct ConfigurationCheck {
    let configuration: Configuration
    /// The configuration's own file.
    private let file: String?
    private let now: Timestamp
    /// Whether the one who starts the server so is.
    let isSuperuser: Bool

    /// A certificate is warned about when it ends within these days.
    private static let daysOfWarning: Int64 = 14

    package init(_ configuration: Configuration, file: String?, now: Timestamp, isSuperuser: Bool = geteuid() == 0) {
        self.configuration = configuration
        self.file = file
        self.now = now
        self.isSuperuser = isSuperuser
    }

    /// Everything that is wrong, or not wise.
    package func problems() -> [ConfigurationProblem] {
        var problems = self.certificateProblems()
        problems += self.buildProblems()
        problems += self.pathProblems()
        problems += self.processProblems()
        problems += self.userProblems()
        problems += self.remarks()
        return problems
    }

    /// What is not wise about it, and what a server says when it starts so.
    package func remarks() -> [ConfigurationProblem] {
        Exposures(self.configuration, file: self.file).problems().filter { $0.severity == .warning }
            + self.programRemarks() + self.groupRemarks() + self.uploadRemarks()
    }

    // MARK: What a start would find

    /// Makes the server as a start does, but for what it keeps: identities are stood in for by one of their own.
    private func buildProblems() -> [ConfigurationProblem] {
        guard
            let identity = try? Identity.generate(names: ["localhost"], commonName: nil, days: 1, at: self.now)
        else { return [] }
        let titles = self.configuration.hosts.map { ($0.title, ServerIdentity.fixed(identity)) }
        var server = ConfiguredServer(
            self.configuration,
            software: "canaveral",
            logger: Logger(label: "canaveral.check") { _ in SwiftLogNoOpLogHandler() },
            offenders: RepeatOffenders(),
            identities: Dictionary(titles) { first, _ in first }
        )
        // They are there when systemd starts the server, and not now.
        server.inheritedSockets = { _ in [] }
        server.file = self.file
        do {
            _ = try server.make()
            return []
        } catch {
            return error.problems
        }
    }

    // MARK: Certificates

    private func certificateProblems() -> [ConfigurationProblem] {
        self.configuration.hosts.filter { $0.passThrough == nil }.flatMap { host -> [ConfigurationProblem] in
            guard case .files(let certificate, let key) = host.certificate else { return [] }
            do {
                let identity = try Identity.load(from: certificate, keyPath: key, at: self.now)
                return self.remarks(on: identity, in: certificate, of: host)
            } catch {
                return [ConfigurationProblem("\(error)", at: "\(host.title), certificate", line: host.line)]
            }
        }
    }

    private func remarks(on identity: Identity, in file: String, of host: HostSettings) -> [ConfigurationProblem] {
        var sentences = identity.warnings.map { "\($0)" }
        if let notAfter = identity.leaf.notAfter,
            (0..<Self.daysOfWarning * 86_400).contains(notAfter.secondsSinceEpoch - self.now.secondsSinceEpoch)
        {
            sentences.append("The certificate in \(file) is valid until \(notAfter) only: renew it.")
        }
        let uncovered = identity.uncovered(host.certificateNames)
        if !uncovered.isEmpty {
            sentences.append(
                "The certificate in \(file) is not for \(uncovered.joined(separator: ", ")): clients that check names will refuse it."
            )
        }
        return sentences.map {
            ConfigurationProblem($0, at: "\(host.title), certificate", line: host.line, severity: .warning)
        }
    }

    // MARK: The process

    /// Who it is to become, and where it is to be shut in.
    private func processProblems() -> [ConfigurationProblem] {
        let process = self.configuration.process
        do {
            _ = try ServiceUser(user: process.user, group: process.group)
            if let folder = process.chroot { _ = try self.configuration.inside(ChangedRoot(folder)) }
        } catch PrivilegesError.notSuperuser, PrivilegesError.rootNeedsSuperuser {
            // Whoever starts the server may be.
        } catch {
            return [ConfigurationProblem("\(error)", at: error is OutsideRoot ? "chroot" : "user")]
        }
        return []
    }

    // MARK: Files and folders

    private func pathProblems() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var copy = self.configuration
        copy.forEachPath { path, use in
            switch use {
            case .programs:
                if let problem = self.programProblem(path) { problems.append(problem) }
            case .log:
                if let reason = Self.unwritable(folderOf: path) {
                    problems.append(ConfigurationProblem("\(path) cannot be written (\(reason)).", at: "log.access"))
                }
            case .socket:
                if let reason = Self.unwritable(folderOf: path) {
                    problems.append(ConfigurationProblem("\(path) cannot be made (\(reason)).", at: "listener"))
                }
            case .roots(let placeholder):
                let folder = Configuration.enclosingFolder(path, placeholder)
                guard access(folder, F_OK) != 0 else { break }
                problems.append(
                    ConfigurationProblem(
                        "\(folder) is not there, which is to hold the folders of \(path): make it.",
                        at: "root",
                        severity: .warning
                    )
                )
            case .root, .uploads, .grant, .told, .file, .state:
                break
            }
        }
        return problems
    }

    /// Who can write to a folder of programs can run anything as the server's user.
    private func programProblem(_ path: String) -> ConfigurationProblem? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o022 != 0 else { return nil }
        return ConfigurationProblem(
            "\(path) holds programs, and others than its owner may write to it: take that from them with 'chmod go-w \(path)'.",
            at: "cgi"
        )
    }

    private static func unwritable(folderOf path: String) -> String? {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return access(folder, W_OK) == 0 ? nil : String(cString: strerror(errno))
    }
}
