import Canaveral
import GeminiFiles
import GeminiProtocol

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Folders that do not hold what they are to show.
extension ConfigurationCheck {
    func folderRemarks() -> [ConfigurationProblem] {
        self.missingHostFolders() + self.emptyLocations() + self.programsThatDoNotRun()
    }

    /// Names of hosts that have no folder. Where there is nothing that could hold them, that is told already.
    private func missingHostFolders() -> [ConfigurationProblem] {
        let folders = self.configuration.hostFolders.filter { access($0.enclosingFolder, F_OK) == 0 }
        return folders.filter { access($0.path, F_OK) != 0 }.map { folder in
            ConfigurationProblem(
                "\(folder.path) is not there, so that every page of \(folder.name) is 51: make it, or a symbolic link to the folder of another name.",
                at: folder.title,
                line: folder.line,
                severity: .warning
            )
        }
    }

    /// Locations for whole paths, of which none leads to anything in the root that they name.
    private func emptyLocations() -> [ConfigurationProblem] {
        self.configuration.hosts.filter { $0.passThrough == nil }.flatMap { host in
            host.locations.compactMap { location in
                guard case .files = location.answer, let root = location.content.root,
                    !root.contains(HostFolders.placeholder), access(root, F_OK) == 0,
                    let sentence = Self.sentence(onNothingFor: location.place, in: root)
                else { return nil }
                return ConfigurationProblem(
                    sentence,
                    at: "\(host.title), \(location.place)",
                    line: location.lines["root"],
                    severity: .warning
                )
            }
        }
    }

    private static func sentence(onNothingFor place: LocationSettings.Place, in root: String) -> String? {
        switch place {
        case .prefix:
            return nil
        case .exact(let path):
            let file = ([root] + LocationPath(path).names.map { String(decoding: $0, as: UTF8.self) })
                .joined(separator: "/")
            guard access(file, F_OK) != 0 else { return nil }
            return
                "\(path) is 51, for \(file) is not there: with 'exact' the whole path is looked for in the root. With 'path' the folder itself is shown."
        case .regex(let pattern):
            guard let expression = try? PathExpression(pattern) else { return nil }
            let contents = FolderNames(beneath: root)
            let paths = contents.paths.map { path in
                path.split(separator: "/").map { "/" + PercentEncoding.encode(segment: String($0)) }.joined()
            }
            guard contents.areAll, !paths.contains(where: { expression.matches($0) || expression.matches($0 + "/") })
            else { return nil }
            return
                "Nothing in \(root) has a path that matches, so that all of them are 51: with 'regex' whole paths are looked for in the root. With 'path' the folder itself is shown."
        }
    }

    /// Programs whose authors forgot to let them be started.
    private func programsThatDoNotRun() -> [ConfigurationProblem] {
        self.configuration.hosts.filter { $0.passThrough == nil }.flatMap { host in
            host.locations.flatMap { location -> [ConfigurationProblem] in
                guard case .cgi(let settings) = location.answer else { return [] }
                return FolderNames(beneath: settings.directory).paths.map { "\(settings.directory)/\($0)" }
                    .filter(Self.isScriptThatDoesNotRun)
                    .map { file in
                        ConfigurationProblem(
                            "\(file) looks like a program, and is answered with 51, for it may not be run: 'chmod a+x \(file)' lets it.",
                            at: "\(host.title), \(location.place)",
                            line: location.answerLine,
                            severity: .warning
                        )
                    }
            }
        }
    }

    private static func isScriptThatDoesNotRun(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o111 == 0 else {
            return false
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var beginning: [UInt8] = [0, 0]
        return pread(descriptor, &beginning, 2, 0) == 2 && beginning == Array("#!".utf8)
    }
}
