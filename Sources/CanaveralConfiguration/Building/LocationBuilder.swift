import Canaveral
import GeminiFiles
import GeminiGateway
import GeminiProtocol
import GeminiProxy
import GeminiServer

/// Makes who answers for one location of a host.
struct LocationBuilder {
    let host: HostBuilder
    let location: LocationSettings
    let hostContent: ContentSettings

    var server: ConfiguredServer { self.host.server }

    /// - Parameter hostTakesUploads: whether Titan requests reach the host at all.
    /// - Returns: who answers; nobody of use where there is a problem.
    func responder(hostTakesUploads: Bool, _ problems: inout [ConfigurationProblem]) throws -> any Responder {
        let authorities = self.location.policy.authorities(of: self.title, self.location.lines, &problems)
        var responder = try self.answer(&problems)
        let takesUploads = self.location.answer.takesUploads
        if !self.location.isMounted { responder = AtWholePath(content: responder) }
        if hostTakesUploads, !takesUploads { responder = WithoutUploads(content: responder) }
        if self.location.showsFolder { responder = FolderWithSlash(content: responder) }
        responder = try self.host.layers.surround(
            responder,
            with: self.location.policy,
            authorities: authorities,
            isZone: self.location.place.hasTop,
            isFolder: self.location.showsFolder,
            uploads: hostTakesUploads
        )
        return self.location.isLogged ? responder : Unlogged(content: responder)
    }

    /// How the location is spoken of.
    var title: String { "\(self.host.host.title), \(self.location.place)" }

    private func answer(_ problems: inout [ConfigurationProblem]) throws -> any Responder {
        let content = self.location.content.inheriting(from: self.hostContent)
        switch self.location.answer {
        case .files:
            return try self.location.hasOwnRoot ? self.host.files(content) : self.host.filesAndHomes(content)
        case .redirect(let target, let permanent):
            return try RedirectedLocation(self.location.place, to: target, permanent: permanent)
        case .header(let header):
            return .closure { _ in Response(header) }
        case .cgi(let settings):
            return self.programs(settings, &problems)
        case .scgi(let settings):
            return SCGI(to: settings.address, options: self.options(settings))
        case .fastCGI(let settings):
            var options = self.options(settings)
            if options.documentRoot == nil { options.documentRoot = self.hostContent.root }
            return FastCGI(to: settings.address, options: options)
        case .proxy(let settings):
            return try ReverseProxy(to: settings.url, self.options(settings, &problems))
        case .titan(let settings):
            return try self.uploads(settings, content: content)
        }
    }

    // MARK: Gateways

    private func options(_ settings: DaemonSettings) -> BackendOptions {
        var options = BackendOptions()
        options.style = settings.style
        options.server = self.host.gateway
        options.scriptName = settings.scriptName
        options.documentRoot = settings.documentRoot
        options.environment = settings.environment
        options.maximumConnections = settings.connections
        options.connectTimeout = settings.connectTimeout
        options.headerTimeout = settings.headerTimeout
        options.stallTimeout = settings.stallTimeout
        options.runTimeout = settings.timeout
        options.logger = self.server.logger
        return options
    }

    // MARK: Uploads

    private func uploads(_ settings: TitanSettings, content: ContentSettings) throws -> any Responder {
        guard let root = settings.directory ?? content.root else { throw MissingRoot() }
        var options = FileUploads.Options()
        options.keepsVersions = settings.versions
        options.createsFolders = settings.createsFolders
        options.allowsDeletion = settings.allowsDeletion
        options.maximumTotalSize = settings.totalSize
        options.maximumFileCount = settings.fileCount
        options.files = try self.host.options(content)
        options.logger = self.server.logger
        let rules = UploadRules(
            maximumSize: settings.size ?? self.server.configuration.limits.uploadSize,
            mediaTypes: settings.mediaTypes,
            token: settings.token,
            requiresCertificate: settings.requiresCertificate
        )
        let files: FileUploads
        do {
            files = try FileUploads(in: root, accepting: rules, options: options)
        } catch {
            throw UnusablePath(root, error)
        }
        guard let allowed = settings.allowed else { return files }
        var policy = PolicySettings()
        policy.certificates = CertificatePolicy(prompt: "Only some may upload here", allowed: allowed)
        let guarded = try self.host.layers.surround(files, with: policy, authorities: nil, uploads: true)
        return UploadsApart(uploads: guarded, content: files)
    }
}

/// A location or a host that shows files, and says nowhere which.
struct MissingRoot: Error, CustomStringConvertible {
    var description: String { "It shows files, and nothing says which: set 'root' here, for the host or for all." }
}

/// A responder whose answers are not written to the access log.
struct Unlogged: Responder {
    let content: any Responder

    func respondAtOnce(to request: Request) -> Response? {
        self.content.respondAtOnce(to: request).map(Self.unlogged)
    }

    func respond(to request: Request) async throws -> Response {
        do {
            return Self.unlogged(try await self.content.respond(to: request))
        } catch let error as any ResponseError {
            return Self.unlogged(error.response)
        }
    }

    private static func unlogged(_ response: Response) -> Response {
        var response = response
        response.isLogged = false
        return response
    }
}
