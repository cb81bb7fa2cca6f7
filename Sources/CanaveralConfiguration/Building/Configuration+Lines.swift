import GeminiFiles

extension Configuration {
    /// The line at which a host's root is set: its own, or that of all hosts.
    ///
    /// - Parameter path: the root; `nil` for whatever it is.
    func line(of path: String?, in host: HostSettings) -> Int? {
        if let root = host.content.root { return path == nil || path == root ? host.lines["root"] : nil }
        return path == nil || path == self.content.root ? self.lines["root"] : nil
    }

    /// The line at which a path of the file system is set first, whatever for.
    func line(of path: String) -> Int? {
        if path == self.stateDirectory { return self.lines["state-directory"] }
        if path == self.process.chroot { return self.lines["chroot"] }
        if case .file(path) = self.log.access { return self.log.lines["access"] }
        if let listener = self.listeners.first(where: { $0.address == .unix(path: path) }) { return listener.line }
        if self.clientAuthorities.contains(path) { return self.lines["client-authorities"] }
        if path == self.content.root { return self.lines["root"] }
        if self.policy.certificates?.authorities.contains(path) == true { return self.lines["certificate-authorities"] }
        return self.hosts.lazy.compactMap { $0.line(of: path) }.first
    }
}

extension HostSettings {
    /// The line of its certificate.
    var certificateLine: Int? { self.lines["certificate"] ?? self.line }

    fileprivate func line(of path: String) -> Int? {
        if path == self.content.root { return self.lines["root"] }
        if path == self.users { return self.lines["users"] }
        if case .files(path, _) = self.certificate { return self.lines["certificate"] }
        if case .files(_, path) = self.certificate { return self.lines["key"] }
        if self.policy.certificates?.authorities.contains(path) == true { return self.lines["certificate-authorities"] }
        return self.locations.lazy.compactMap { $0.line(of: path) }.first
    }
}

extension LocationSettings {
    /// The line of who answers.
    var answerLine: Int? {
        ["redirect", "answer", "cgi", "scgi", "fastcgi", "proxy", "titan"].lazy.compactMap { self.lines[$0] }.first
            ?? self.line
    }

    /// The line of what an error is about.
    func line(of error: any Error) -> Int? {
        switch error {
        case let error as UnusablePath: self.line(of: error.path) ?? self.line
        case is FolderPatternError: self.lines["root"] ?? self.line
        default: self.line
        }
    }

    fileprivate func line(of path: String) -> Int? {
        if path == self.content.root { return self.lines["root"] }
        if self.policy.certificates?.authorities.contains(path) == true { return self.lines["certificate-authorities"] }
        switch self.answer {
        case .cgi(let settings):
            if settings.directory == path { return settings.lines["directory"] ?? self.answerLine }
            return settings.grants.contains(path) ? settings.lines["grant"] : nil
        case .titan(let settings):
            return settings.directory == path ? settings.lines["directory"] : nil
        case .proxy(let settings):
            if settings.authority == path { return settings.lines["authority"] }
            if settings.certificate == path { return settings.lines["certificate"] }
            return settings.key == path ? settings.lines["key"] : nil
        case .files, .redirect, .header, .scgi, .fastCGI:
            return nil
        }
    }
}
