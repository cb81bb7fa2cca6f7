extension Configuration {
    /// Whether nobody is spoken to by TLS, so that no certificate is ever shown.
    package var isInClear: Bool {
        !self.listeners.isEmpty && self.listeners.allSatisfy { !$0.isTLS }
    }

    /// The settings that only a start can bring and that are not as in the configuration of the start.
    package func settingsOfStart(unlike first: Configuration) -> [String] {
        let settings: [(name: String, isSame: Bool)] = [
            (Keys.user.name, self.process.user == first.process.user),
            (Keys.group.name, self.process.group == first.process.group),
            (Keys.chroot.name, self.process.chroot == first.process.chroot),
            (Keys.sandbox.name, self.process.isSandboxed == first.process.isSandboxed),
            (Keys.reusePort.name, self.reusesPort == first.reusesPort),
            (Keys.listen.name, self.inheritedSockets == first.inheritedSockets),
        ]
        return settings.filter { !$0.isSame }.map(\.name)
    }

    /// The names of the sockets that are to come from systemd.
    private var inheritedSockets: Set<String> {
        Set(self.listeners.compactMap { if case .systemd(let name) = $0.address { name } else { nil } })
    }
}
