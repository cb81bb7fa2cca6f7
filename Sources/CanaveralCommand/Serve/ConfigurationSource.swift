import CanaveralConfiguration
import CanaveralService

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where a server's configuration comes from: the flags, and a file where there is one. It is read at the start, and again
/// at SIGHUP.
struct ConfigurationSource {
    let command: ServeCommand
    /// The file's absolute path: the server may change folders.
    let file: String?

    /// Where a file is looked for that nobody named.
    static let standardFiles = ["canaveral.toml", "/etc/canaveral/canaveral.toml"]

    /// - Throws: ``Failure`` if flags and file contradict each other.
    init(_ command: ServeCommand) throws {
        self.command = command
        let flags = command.hostFlags
        if let file = command.configuration.file {
            guard flags.isEmpty else {
                throw Failure.usage(
                    "--config and \(flags.joined(separator: ", ")) exclude each other: the file says what its hosts are."
                )
            }
            self.file = Self.absolute(file)
        } else {
            self.file = flags.isEmpty ? Self.standardFile.map(Self.absolute) : nil
        }
    }

    /// The first of the standard files that exists.
    static var standardFile: String? {
        Self.standardFiles.first { access($0, F_OK) == 0 }
    }

    /// - Parameter root: what is the root of the file system by now.
    /// - Returns: the configuration, and what is worth a warning.
    /// - Throws: ``InvalidConfiguration``.
    func read(
        inside root: ChangedRoot? = nil
    ) throws(InvalidConfiguration) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        var (configuration, warnings): (Configuration, [ConfigurationProblem])
        if let file {
            (configuration, warnings) = try Configuration.read(from: file, inside: root)
        } else {
            (configuration, warnings) = (Configuration(), [])
            configuration.hosts = self.command.hosts()
        }
        try self.apply(to: &configuration)
        return (configuration, warnings)
    }

    /// As much of the file as can be understood, for what else there is to say of one that is not taken; `nil` where it cannot
    /// be read.
    func survey(inside root: ChangedRoot?) -> Configuration? {
        guard let file, var configuration = try? Configuration.survey(file, inside: root).configuration else {
            return nil
        }
        return (try? self.apply(to: &configuration)) == nil ? nil : configuration
    }

    private func apply(to configuration: inout Configuration) throws(InvalidConfiguration) {
        if self.command.listen.isPortUnused(with: configuration.listeners) {
            let problem = ConfigurationProblem(
                "--port is the port of an address, and the file names none to listen on: name one with --listen.",
                at: "listen"
            )
            throw InvalidConfiguration(file: self.file, problems: [problem])
        }
        self.command.apply(to: &configuration)
    }

    static func absolute(_ path: String) -> String {
        CleanPath.absolute(path, in: Self.currentFolder)
    }

    /// The folder that relative paths begin in; `.` where the system cannot tell.
    static var currentFolder: String {
        guard let folder = getcwd(nil, 0) else { return "." }
        defer { free(folder) }
        return String(cString: folder)
    }
}
