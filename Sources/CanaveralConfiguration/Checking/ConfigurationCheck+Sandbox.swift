import CanaveralService

/// What the sandbox keeps from a server that runs.
extension ConfigurationCheck {
    func sandboxRemarks() -> [ConfigurationProblem] {
        let process = self.configuration.process
        let root = process.chroot.flatMap { try? ChangedRoot($0, isToBeEntered: false) }
        guard process.isSandboxed, Sandbox.isAvailable, let file = self.file,
            let place = root?.path(of: file) ?? self.file,
            let folder = SandboxRules.broadFolder(around: place)
        else { return [] }
        return [
            ConfigurationProblem(
                "A new file that an editor puts in the place of \(file), as most do, is not read at a reload: the sandbox would have to be open for all of \(root.map { $0.folder + (folder == "/" ? "" : folder) } ?? folder). Keep it in a folder of its own, as in \(root?.folder ?? "")/etc/canaveral.",
                at: "sandbox",
                line: self.configuration.lines["sandbox"],
                severity: .warning
            )
        ]
    }
}
