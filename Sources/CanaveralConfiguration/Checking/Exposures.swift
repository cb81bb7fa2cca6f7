#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a configuration shows to everybody, and hardly means to: itself, keys, the source of programs.
struct Exposures {
    private let configuration: Configuration
    private let file: String?

    /// - Parameter file: the configuration's own, which may hold secrets.
    init(_ configuration: Configuration, file: String?) {
        self.configuration = configuration
        self.file = file
    }

    func problems() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var roots: [String] = []
        var copy = self.configuration
        copy.forEachPath { path, use in
            if use == .root || use == .uploads, !roots.contains(path) { roots.append(path) }
        }
        for root in roots {
            for (secret, what) in self.secrets where Self.isShown(secret, in: root) {
                problems.append(
                    ConfigurationProblem(
                        "\(root) holds \(what), which everybody can read there: keep it elsewhere.",
                        at: "root",
                        severity: .warning
                    )
                )
            }
        }
        return problems + self.configuration.hosts.flatMap(self.programs)
    }

    private var secrets: [(String, String)] {
        var secrets: [(String, String)] = []
        if let file { secrets.append((file, "this configuration")) }
        if let state = self.configuration.stateDirectory {
            secrets.append((state, "\(state), where the server keeps its keys"))
        }
        for host in self.configuration.hosts {
            guard case .files(let certificate, let key) = host.certificate else { continue }
            secrets.append((key ?? certificate, "the key of \(host.title)"))
        }
        return secrets
    }

    /// Programs beneath the root of another location, where they are files like any other.
    private func programs(of host: HostSettings) -> [ConfigurationProblem] {
        let folders = host.locations.compactMap { location in
            if case .cgi(let settings) = location.answer { settings.directory } else { nil }
        }
        return host.locations.compactMap { location in
            guard location.answer == .files, let root = location.content.root,
                let folder = folders.first(where: { Self.isShown($0, in: root) })
            else { return nil }
            return ConfigurationProblem(
                "\(root) holds \(folder), so that everybody can read the source of programs there: keep them elsewhere.",
                at: "\(host.title), \(location.place)",
                line: location.line,
                severity: .warning
            )
        }
    }

    /// Whether a file or folder is in a folder that is shown, and nothing hidden is around it.
    private static func isShown(_ path: String, in folder: String) -> Bool {
        guard let inside = realpath(path, nil), let root = realpath(folder, nil) else { return false }
        defer {
            free(inside)
            free(root)
        }
        let (path, base) = (String(cString: inside), String(cString: root))
        guard path == base || path.hasPrefix(base == "/" ? "/" : base + "/") else { return false }
        return !path.dropFirst(base.count).split(separator: "/").contains { $0.hasPrefix(".") }
    }
}
