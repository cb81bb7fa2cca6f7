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
    let file: String?
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
        let certificates = self.certificateProblems()
        var problems = certificates.flatMap(\.problems)
        let keyless = Set(certificates.filter { $0.problems.contains { $0.severity == .error } }.map(\.host))
        problems += self.buildProblems(besides: keyless)
        problems += self.pathProblems()
        problems += self.logKindProblems()
        problems += self.folderRemarks()
        let kinds = self.stateKindProblems()
        problems += kinds.isEmpty ? self.stateProblems() : kinds
        problems += self.processProblems()
        problems += self.userProblems()
        problems += self.remarks(besides: keyless)
        return problems
    }

    /// What a start would not get past, of a configuration that has mistakes besides.
    ///
    /// - Parameter known: the titles of hosts whose identities are there already.
    package func obstacles(besides known: Set<String> = []) -> [ConfigurationProblem] {
        let certificates = self.certificateProblems().filter { !known.contains($0.host) }
        let keyless = certificates.filter { $0.problems.contains { $0.severity == .error } }.map(\.host)
        return (certificates.flatMap(\.problems) + self.buildProblems(besides: Set(keyless)))
            .filter { $0.severity == .error }
    }

    /// What is not wise about it, and what a server says when it starts so.
    ///
    /// - Parameter keyless: the titles of hosts whose certificates are none.
    package func remarks(besides keyless: Set<String> = []) -> [ConfigurationProblem] {
        let exposures = Exposures(self.configuration, file: self.file, besides: keyless)
        return exposures.problems().filter { $0.severity == .warning }
            + self.systemRemarks() + self.programRemarks() + self.groupRemarks() + self.uploadRemarks()
            + self.expressionRemarks() + self.sandboxRemarks()
    }

    // MARK: What a start would find

    /// Makes the server as a start does, but for what it keeps: identities are stood in for by one of their own.
    private func buildProblems(besides keyless: Set<String>) -> [ConfigurationProblem] {
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
        server.keyless = keyless
        do {
            _ = try server.make()
            return []
        } catch {
            return error.problems
        }
    }

    // MARK: Certificates

    private func certificateProblems() -> [(host: String, problems: [ConfigurationProblem])] {
        guard !self.configuration.isInClear else { return [] }
        return self.configuration.hosts.filter { $0.passThrough == nil }.compactMap { host in
            guard case .files(let certificate, let key) = host.certificate else { return nil }
            do {
                let identity = try Identity.load(from: certificate, keyPath: key, at: self.now)
                return (host.title, self.remarks(on: identity, in: certificate, of: host))
            } catch {
                let problem = ConfigurationProblem(
                    "\(error)",
                    at: "\(host.title), certificate",
                    line: host.certificateLine
                )
                return (host.title, [problem])
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
            ConfigurationProblem($0, at: "\(host.title), certificate", line: host.certificateLine, severity: .warning)
        }
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
                if let error = Self.unwritable(folderOf: path) {
                    problems.append(
                        ConfigurationProblem(
                            "\(UnwritablePath(path, errno: error))",
                            at: "log.access",
                            line: self.configuration.line(of: path)
                        )
                    )
                }
            case .socket:
                if let error = Self.unwritable(folderOf: path) {
                    let listener = self.configuration.listeners.first { $0.address == .unix(path: path) }
                    problems.append(
                        ConfigurationProblem(
                            "\(UnwritablePath(path, "made", errno: error))",
                            at: listener?.key ?? "listener",
                            line: listener?.line
                        )
                    )
                }
            case .roots(let placeholder):
                let folder = Configuration.enclosingFolder(path, placeholder)
                guard access(folder, F_OK) != 0 else { break }
                problems.append(
                    ConfigurationProblem(
                        "\(folder) is not there, which is to hold the folders of \(path): make it.",
                        at: placeholder == UserFolders.placeholder ? "users" : "root",
                        line: self.configuration.line(of: path),
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
            at: "cgi",
            line: self.configuration.line(of: path)
        )
    }

    private static func unwritable(folderOf path: String) -> CInt? {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return access(folder, W_OK) == 0 ? nil : errno
    }
}
