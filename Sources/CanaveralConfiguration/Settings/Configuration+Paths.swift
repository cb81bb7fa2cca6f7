import GeminiFiles

/// What a path of a configuration is for: what a server has to be able to do with it.
package enum PathUse: Hashable, Sendable {
    /// A folder that is shown.
    case root
    /// A pattern of folders that are shown, with this placeholder.
    case roots(placeholder: String)
    /// A folder that is shown and written.
    case uploads
    /// A folder of programs.
    case programs
    /// What programs may write.
    case grant
    /// What a daemon is told, and the server never opens.
    case told
    /// A file or folder that is read at the start and when the configuration is read again.
    case file
    /// A folder that is written.
    case state
    case log
    /// A Unix socket to listen on.
    case socket
}

extension Configuration {
    /// Visits every path of the file system in the configuration, to look at it or to change it: the only place that knows all
    /// of them.
    package mutating func forEachPath(
        _ visit: (inout String, PathUse) throws -> Void
    ) rethrows {
        try Self.visit(&self.stateDirectory, .state, visit)
        if case .file(var path) = self.log.access {
            try visit(&path, .log)
            self.log.access = .file(path)
        }
        for index in self.listeners.indices {
            guard case .unix(var path) = self.listeners[index].address else { continue }
            try visit(&path, .socket)
            self.listeners[index].address = .unix(path: path)
        }
        for index in self.clientAuthorities.indices { try visit(&self.clientAuthorities[index], .file) }
        try Self.visit(&self.content, .root, visit)
        try Self.visit(&self.policy, visit)
        for index in self.hosts.indices { try self.hosts[index].forEachPath(visit) }
    }

    static func visit(
        _ path: inout String?,
        _ use: PathUse,
        _ visit: (inout String, PathUse) throws -> Void
    ) rethrows {
        guard var text = path else { return }
        try visit(&text, use)
        path = text
    }

    static func visit(
        _ content: inout ContentSettings,
        _ use: PathUse,
        _ visit: (inout String, PathUse) throws -> Void
    ) rethrows {
        let isPattern = content.root?.contains(HostFolders.placeholder) == true
        try Self.visit(&content.root, isPattern ? .roots(placeholder: HostFolders.placeholder) : use, visit)
    }

    static func visit(
        _ policy: inout PolicySettings,
        _ visit: (inout String, PathUse) throws -> Void
    ) rethrows {
        guard var certificates = policy.certificates else { return }
        for index in certificates.authorities.indices { try visit(&certificates.authorities[index], .file) }
        policy.certificates = certificates
    }
}

extension HostSettings {
    fileprivate mutating func forEachPath(
        _ visit: (inout String, PathUse) throws -> Void
    ) rethrows {
        if case .files(var certificate, var key) = self.certificate {
            try visit(&certificate, .file)
            try Configuration.visit(&key, .file, visit)
            self.certificate = .files(certificate: certificate, key: key)
        }
        try Configuration.visit(&self.content, .root, visit)
        try Configuration.visit(&self.users, .roots(placeholder: UserFolders.placeholder), visit)
        try Configuration.visit(&self.policy, visit)
        for index in self.locations.indices { try self.locations[index].forEachPath(visit) }
    }
}

extension LocationSettings {
    fileprivate mutating func forEachPath(
        _ visit: (inout String, PathUse) throws -> Void
    ) rethrows {
        var use = PathUse.root
        switch self.answer {
        case .files, .redirect, .header:
            break
        case .cgi(var settings):
            try visit(&settings.directory, .programs)
            for index in settings.grants.indices { try visit(&settings.grants[index], .grant) }
            self.answer = .cgi(settings)
        case .scgi(var settings):
            try Configuration.visit(&settings.documentRoot, .told, visit)
            self.answer = .scgi(settings)
        case .fastCGI(var settings):
            try Configuration.visit(&settings.documentRoot, .told, visit)
            self.answer = .fastCGI(settings)
        case .proxy(var settings):
            try Configuration.visit(&settings.authority, .file, visit)
            try Configuration.visit(&settings.certificate, .file, visit)
            try Configuration.visit(&settings.key, .file, visit)
            self.answer = .proxy(settings)
        case .titan(var settings):
            if settings.directory == nil { use = .uploads }
            try Configuration.visit(&settings.directory, .uploads, visit)
            self.answer = .titan(settings)
        }
        try Configuration.visit(&self.content, use, visit)
        try Configuration.visit(&self.policy, visit)
    }
}
