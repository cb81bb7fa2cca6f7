import CanaveralService
import GeminiTLS

/// Who the server is to become, and where it is to be shut in.
extension ConfigurationCheck {
    func processProblems() -> [ConfigurationProblem] {
        let process = self.configuration.process
        var problems: [ConfigurationProblem] = []
        do {
            _ = try ServiceUser(user: process.user, group: process.group)
        } catch PrivilegesError.notSuperuser {
            // Whoever starts the server may be.
        } catch {
            problems.append(self.configuration.problem(error))
        }
        guard let folder = process.chroot else { return problems }
        if process.user == nil, process.group == nil {
            problems.append(self.configuration.problem(.rootWithoutUser(folder)))
        }
        let root: ChangedRoot
        do {
            root = try ChangedRoot(folder, isToBeEntered: false)
        } catch {
            return problems + [self.configuration.problem(error)]
        }
        do {
            _ = try self.configuration.inside(root)
        } catch {
            problems += error.problems
        }
        return problems.isEmpty ? self.reloadRemarks(in: root) : problems
    }

    /// What keeps root from keeping its keys where somebody else did, or could. To another user the folder is given, and of
    /// whom else a server will be, nobody knows.
    func stateProblems() -> [ConfigurationProblem] {
        guard self.isSuperuser, self.configuration.process.user == nil, !self.configuration.isInClear,
            self.configuration.hosts.contains(where: { $0.certificate == .automatic && $0.passThrough == nil }),
            let path = self.configuration.stateInUse
        else { return [] }
        do {
            try StateDirectory(path: path).check()
            return []
        } catch {
            let key = Configuration.Keys.stateDirectory.name
            return [ConfigurationProblem("\(error)", at: key, line: self.configuration.lines[key])]
        }
    }

    /// What is to be said where the configuration is out of reach once the server is shut in.
    private func reloadRemarks(in root: ChangedRoot) -> [ConfigurationProblem] {
        guard let file, root.path(of: file) == nil else { return [] }
        return [
            ConfigurationProblem(
                "\(OutsideReload(file: file, root: root.folder))",
                at: "chroot",
                line: self.configuration.lines["chroot"],
                severity: .warning
            )
        ]
    }
}

/// A configuration that can be read before the server is shut into a folder, and not after.
package struct OutsideReload: CustomStringConvertible {
    let file: String
    let root: String

    package init(file: String, root: String) {
        self.file = file
        self.root = root
    }

    package var description: String {
        "\(self.file) lies outside of \(self.root), so that it cannot be read again while the server runs: move it there, or restart the server for every change."
    }
}
