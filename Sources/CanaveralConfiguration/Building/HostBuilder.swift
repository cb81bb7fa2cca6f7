import Canaveral
import GeminiFiles
import GeminiGateway
import GeminiProtocol
import GeminiServer

/// Makes one host of its settings: its files, its locations, and its policy around them.
struct HostBuilder {
    let server: ConfiguredServer
    let host: HostSettings
    /// What programs are told about the server.
    let gateway: GatewayServer
    /// What all hosts count together.
    let serverLimiter: RateLimiter?
    /// Who vouches for visitors of all hosts.
    let serverAuthorities: ClientAuthorities?
    /// What no folder shows.
    let withheld: WithheldPaths

    /// The host, or `nil` with what is in the way.
    ///
    /// - Parameter identity: `nil` where it cannot be had, which is told already.
    func make(identity: ServerIdentity?, _ problems: inout [ConfigurationProblem]) -> VirtualHost? {
        let count = problems.count
        let takesUploads = self.host.locations.contains { $0.answer.takesUploads }
        var responder: (any Responder)?
        do {
            responder = try self.responder(takesUploads: takesUploads, &problems)
        } catch {
            problems.append(self.problem("\(error)", at: "", line: self.line(of: error)))
        }
        guard problems.count == count, let responder, let identity else { return nil }
        var made = VirtualHost(
            names: self.host.exactNames,
            identity: identity,
            responder: responder,
            acceptsUploads: takesUploads
        )
        made.wildcards = self.host.wildcards
        made.isDefault = self.host.isDefault
        if !self.host.isLogged { made.accessLog = NoAccessLog() }
        return made
    }

    private func responder(takesUploads: Bool, _ problems: inout [ConfigurationProblem]) throws -> any Responder {
        let content = self.host.content.inheriting(from: self.server.configuration.content)
        var rest: any Responder
        if content.root == nil, self.host.users == nil {
            rest = .closure { _ in .notFound }
            if self.host.locations.isEmpty, !self.host.isIncomplete {
                problems.append(self.problem("It shows nothing: give it a 'root', or locations.", at: ""))
            }
        } else {
            rest = try self.filesAndHomes(content)
        }
        if takesUploads { rest = WithoutUploads(content: rest) }
        if !self.host.locations.isEmpty {
            rest = self.locations(beside: rest, content: content, takesUploads: takesUploads, &problems)
        }
        let layers = self.layers
        let authorities = self.host.policy.authorities(of: self.host.title, self.host.lines, &problems)
        rest = try layers.surround(rest, with: self.host.policy, authorities: authorities, uploads: takesUploads)
        let policy = self.server.configuration.policy
        guard !policy.isOpen else { return rest }
        return try layers.surround(
            rest,
            with: policy,
            authorities: self.serverAuthorities,
            limiter: self.serverLimiter,
            uploads: takesUploads
        )
    }

    var layers: PolicyLayers {
        PolicyLayers(offenders: self.server.offenders, logger: self.server.logger)
    }

    // MARK: Locations

    private func locations(
        beside rest: any Responder,
        content: ContentSettings,
        takesUploads: Bool,
        _ problems: inout [ConfigurationProblem]
    ) -> any Responder {
        var exact: [LocationPath: any Responder] = [:]
        var matching: [LocationTable.Matching] = []
        var prefixes: [LocationTable.Prefix] = []
        for location in self.host.locations {
            do {
                let builder = LocationBuilder(host: self, location: location, hostContent: content)
                let responder = try builder.responder(hostTakesUploads: takesUploads, &problems)
                switch location.place {
                case .exact(let path): exact[LocationPath(path)] = responder
                case .regex(let pattern):
                    matching.append(
                        LocationTable.Matching(expression: try PathExpression(pattern), responder: responder)
                    )
                case .prefix(let path):
                    prefixes.append(LocationTable.Prefix(path: LocationPath(path), responder: responder))
                }
            } catch is MissingRoot where self.host.isIncomplete {
                continue
            } catch {
                problems.append(
                    ConfigurationProblem(
                        "\(error)",
                        at: "\(self.host.title), \(location.place)",
                        line: location.line(of: error)
                    )
                )
            }
        }
        return LocationTable(exact: exact, matching: matching, prefixes: prefixes, rest: rest)
    }

    // MARK: Problems

    /// - Parameter line: that of the host unless given.
    func problem(_ sentence: String, at key: String, line: Int? = nil) -> ConfigurationProblem {
        ConfigurationProblem(
            sentence,
            at: key.isEmpty ? self.host.title : "\(self.host.title), \(key)",
            line: line ?? self.host.line
        )
    }

    private func line(of error: any Error) -> Int? {
        switch error {
        case let error as UnusablePath: self.server.configuration.line(of: error.path, in: self.host)
        case is FolderPatternError: self.host.lines["users"] ?? self.server.configuration.line(of: nil, in: self.host)
        default: nil
        }
    }
}

extension LocationSettings {
    /// Whether what is at its path is a folder of files.
    var showsFolder: Bool {
        guard case .prefix = self.place else { return false }
        return switch self.answer {
        case .files, .titan: true
        case .redirect, .header, .cgi, .scgi, .fastCGI, .proxy: false
        }
    }

    /// Whether its responder sees only what is beneath the path.
    var isMounted: Bool {
        switch self.answer {
        case .files: self.hasOwnRoot
        case .titan(let titan): self.hasOwnRoot || titan.directory != nil
        case .header: false
        case .redirect, .cgi, .scgi, .fastCGI, .proxy: true
        }
    }
}

extension LocationSettings.Place {
    /// Whether it has an address that stands for all of it.
    var hasTop: Bool {
        if case .prefix = self { true } else { false }
    }
}

extension LocationSettings.Answer {
    /// Whether Titan requests reach who answers.
    package var takesUploads: Bool {
        switch self {
        case .titan: true
        case .cgi(let settings): settings.takesUploads
        case .scgi(let settings), .fastCGI(let settings): settings.takesUploads
        case .proxy(let settings): settings.takesUploads
        case .files, .redirect, .header: false
        }
    }
}
