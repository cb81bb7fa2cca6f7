package import CanaveralService

/// A path that is out of reach once a server is shut into a folder.
package struct OutsideRoot: Error, CustomStringConvertible {
    package let path: String
    package let root: String

    package var description: String {
        "\(self.path) lies outside of \(self.root), which is to be the root of the file system: move it there, or leave chroot out."
    }
}

extension Configuration {
    /// The configuration with its paths as they are called inside another root.
    ///
    /// Certificates are not looked at: the ones that are outside are read before, and stay as they are.
    ///
    /// - Parameter file: the configuration's own, for problems.
    /// - Throws: ``InvalidConfiguration`` with each path that is out of reach.
    package func inside(
        _ root: ChangedRoot,
        file: String? = nil
    ) throws(InvalidConfiguration) -> Configuration {
        var configuration = self
        var problems: [ConfigurationProblem] = []
        configuration.forEachPath { path, use in
            if use == .told { return }
            if let inside = root.path(of: path) {
                path = inside
            } else if use != .file {
                let problem = ConfigurationProblem(
                    "\(OutsideRoot(path: path, root: root.folder))",
                    at: Keys.chroot.name,
                    line: self.line(of: path) ?? self.lines[Keys.chroot.name]
                )
                if !problems.contains(problem) { problems.append(problem) }
            }
        }
        guard problems.isEmpty else { throw InvalidConfiguration(file: file, problems: problems) }
        return configuration
    }

    /// A reason why the process cannot become what it is to be, at the setting that asks for it.
    package func problem(_ error: PrivilegesError) -> ConfigurationProblem {
        let user = self.process.user == nil ? Keys.group.name : Keys.user.name
        let key =
            switch error {
            case .badRoot, .unreachableRoot, .rootNeedsSuperuser, .rootWithoutUser, .noProcesses: Keys.chroot.name
            case .unknownGroup, .groupWithoutUser: Keys.group.name
            case .badNumber(let text): text == self.process.user ? Keys.user.name : Keys.group.name
            case .unknownUser, .notSuperuser, .superuser, .refused, .regained, .threads: user
            }
        return ConfigurationProblem("\(error)", at: key, line: self.lines[key])
    }
}
