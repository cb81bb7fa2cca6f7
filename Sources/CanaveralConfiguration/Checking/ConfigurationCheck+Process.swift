import CanaveralService

/// Who the server is to become, and where it is to be shut in.
extension ConfigurationCheck {
    func processProblems() -> [ConfigurationProblem] {
        let process = self.configuration.process
        let lines = self.configuration.lines
        do {
            _ = try ServiceUser(user: process.user, group: process.group)
        } catch PrivilegesError.notSuperuser {
            // Whoever starts the server may be.
        } catch {
            let key = process.user == nil ? "group" : "user"
            return [ConfigurationProblem("\(error)", at: key, line: lines[key])]
        }
        guard let folder = process.chroot else { return [] }
        func problem(_ error: any Error) -> ConfigurationProblem {
            let outside = error as? OutsideRoot
            return ConfigurationProblem(
                "\(error)",
                at: "chroot",
                line: outside.flatMap { self.configuration.line(of: $0.path) } ?? lines["chroot"]
            )
        }
        guard process.user != nil || process.group != nil else {
            return [problem(PrivilegesError.rootWithoutUser(folder))]
        }
        do {
            let root = try ChangedRoot(folder, isToBeEntered: false)
            _ = try self.configuration.inside(root)
            return self.reloadRemarks(in: root)
        } catch {
            return [problem(error)]
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
