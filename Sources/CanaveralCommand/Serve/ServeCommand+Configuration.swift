import CanaveralConfiguration
import GeminiProtocol

extension ServeCommand {
    /// The flags that say what the one host is that is served without a configuration file, as far as they were given.
    var hostFlags: [String] {
        var flags: [String] = []
        if self.folder != nil { flags.append("a folder") }
        if self.content.directory != nil { flags.append("--dir") }
        if !self.listen.names.isEmpty { flags.append("--hostname") }
        if self.programs.cgiDir != nil { flags.append("--cgi-dir") }
        if !self.daemons.scgi.isEmpty { flags.append("--scgi") }
        if !self.daemons.fastCGI.isEmpty { flags.append("--fastcgi") }
        if !self.proxies.proxies.isEmpty { flags.append("--proxy") }
        if !self.proxies.passThrough.isEmpty { flags.append("--pass-through") }
        return flags + self.certificate.given.filter { $0 != "--key" }
    }

    /// The hosts that flags speak of.
    func hosts() -> [HostSettings] {
        let folder = ServedFolder(self.namedFolder ?? ".").path
        var host = HostSettings(names: self.listen.hosts().map(HostName.exact))
        host.content.root = folder
        if let file = self.certificate.certificateFile {
            host.certificate = .files(certificate: file, key: self.certificate.keyFile)
        }
        let style = self.programs.cgiStyle
        host.locations = self.daemons.locations(style: style) + self.proxies.locations()
        if let programs = self.programs.location(beneath: folder) { host.locations.append(programs) }
        return [host] + self.proxies.hosts()
    }

    /// A configuration, as these flags change it: a flag takes the place of the setting at the top of the file.
    func apply(to configuration: inout Configuration) {
        self.content.apply(to: &configuration.content)
        self.limits.apply(to: &configuration.limits)
        self.logs.apply(to: &configuration.log)
        if let metrics = self.logs.metrics { configuration.metrics = metrics }
        if !self.policy.rateLimits.isEmpty { configuration.policy.rateLimits = self.policy.rateLimits }
        let authorities = [self.policy.authoritiesFile, self.policy.authoritiesFolder].compactMap(\.self)
        if !authorities.isEmpty { configuration.clientAuthorities = authorities }
        if let directory = self.certificate.stateDirectory { configuration.stateDirectory = directory }
        if self.listen.reusesPort { configuration.reusesPort = true }
        if let user = self.process.user { configuration.process.user = user }
        if let group = self.process.group { configuration.process.group = group }
        if let folder = self.process.chroot { configuration.process.chroot = folder }
        if self.process.isOpen { configuration.process.isSandboxed = false }
        configuration.listeners = self.listen.listeners(of: configuration)
    }
}
