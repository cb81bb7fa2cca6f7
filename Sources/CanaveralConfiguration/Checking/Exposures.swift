import GeminiFiles
import GeminiTLS

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What lies in folders that are served, and is hardly meant for everybody: the configuration itself, keys, logs, the source
/// of programs. It is withheld there, and told of.
struct Exposures {
    private struct Secret {
        enum Kind {
            case file
            case keys
            case programs
        }

        var path: String
        var what: String
        var kind = Kind.file

        /// The folder that it is, or that it lies in.
        var folder: String {
            guard self.kind == .file, let slash = self.path.lastIndex(of: "/") else { return self.path }
            return slash == self.path.startIndex ? "/" : String(self.path[..<slash])
        }
    }

    private let secrets: [Secret]
    private let folders: ServedFolders

    /// - Parameters:
    ///   - file: the configuration's own, which may hold secrets.
    ///   - keyless: the titles of hosts whose certificates are none.
    init(_ configuration: Configuration, file: String?, besides keyless: Set<String> = []) {
        self.secrets = Self.secrets(of: configuration, file: file, besides: keyless).map { secret in
            var secret = secret
            secret.path = Self.absolute(secret.path)
            return secret
        }
        self.folders = ServedFolders(configuration, near: self.secrets.map(\.folder))
    }

    /// What no folder shows.
    var withheld: WithheldPaths {
        WithheldPaths(self.secrets.map(\.path))
    }

    /// An error for each folder that is served and cannot do without its secrets, a warning for each that holds some.
    func problems() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        for secret in self.secrets {
            let inside = secret.kind == .file ? [] : self.folders.inside(secret.path)
            let found =
                self.folders.around(secret.path).map { Self.problem(of: secret, in: $0.folder, names: $0.names) }
                + inside.map { Self.problem(of: secret, around: $0) }
            for case let problem? in found where !problems.contains(problem) { problems.append(problem) }
        }
        return problems
    }

    /// - Parameter names: those that lead to the secret from the folder.
    private static func problem(
        of secret: Secret,
        in folder: ServedFolders.Folder,
        names: [[UInt8]]
    ) -> ConfigurationProblem? {
        var problem = ConfigurationProblem("", at: folder.title, line: folder.line, severity: .warning)
        switch (names.isEmpty, secret.kind) {
        case (true, .file), (true, .keys):
            if !folder.isOfPattern { problem.severity = .error }
            problem.sentence =
                folder.isOfPattern
                ? "\(folder.path) holds \(secret.what), and is answered with 51: keep it outside of what is served."
                : "\(folder.path) holds \(secret.what): serve another folder."
        case (true, .programs):
            problem.sentence =
                "\(folder.path) is a folder of programs, of which nothing is shown where it is served, but 51: serve another folder."
        case (false, .programs) where folder.hides(names):
            return nil
        case (false, _):
            problem.sentence =
                "\(folder.path) holds \(secret.what), which is answered with 51 there: keep it outside of what is served."
        }
        return problem
    }

    /// What is wrong with a folder that lies in what is kept secret, and of which nothing is shown therefore.
    private static func problem(of secret: Secret, around folder: ServedFolders.Folder) -> ConfigurationProblem {
        let isError = secret.kind != .programs && !folder.isOfPattern
        return ConfigurationProblem(
            "\(folder.path) lies in \(secret.path), which is not shown to anybody, and is answered with 51: serve another folder.",
            at: folder.title,
            line: folder.line,
            severity: isError ? .error : .warning
        )
    }

    /// A path that holds also when the process has gone to another folder, as flags need not give it.
    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return "\(String(cString: folder))/\(path)"
    }

    // MARK: Secrets

    private static func secrets(
        of configuration: Configuration,
        file: String?,
        besides keyless: Set<String>
    ) -> [Secret] {
        var secrets: [Secret] = []
        if let file { secrets.append(Secret(path: file, what: "the configuration \(file)")) }
        if let state = configuration.stateInUse {
            secrets.append(Secret(path: state, what: "\(state), where the server keeps its keys", kind: .keys))
        }
        if case .file(let path) = configuration.log.access {
            secrets.append(Secret(path: path, what: "the access log \(path)"))
        }
        for host in configuration.hosts {
            if case .files(let certificate, let key) = host.certificate, !keyless.contains(host.title) {
                secrets.append(
                    Secret(path: key ?? certificate, what: "the key of \(host.title), \(key ?? certificate)")
                )
            }
            for location in host.locations {
                switch location.answer {
                case .cgi(let settings):
                    secrets.append(
                        Secret(
                            path: settings.directory,
                            what: "the programs of \(settings.directory)",
                            kind: .programs
                        )
                    )
                case .proxy(let settings):
                    guard let key = settings.key ?? settings.certificate else { continue }
                    secrets.append(Secret(path: key, what: "the key \(key) for another server"))
                case .files, .redirect, .header, .scgi, .fastCGI, .titan:
                    continue
                }
            }
        }
        return secrets
    }
}

extension Configuration {
    /// Where keys are kept that the server makes, if it makes any or somebody says where.
    var stateInUse: String? {
        if let stateDirectory { return stateDirectory }
        let isNeeded = self.hosts.contains { $0.certificate == .automatic && $0.passThrough == nil }
        return isNeeded ? (try? StateDirectory.standard())?.path : nil
    }
}
