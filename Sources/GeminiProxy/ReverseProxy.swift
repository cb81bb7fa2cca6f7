public import GeminiClient
public import GeminiProtocol
public import GeminiServer
import GeminiTLS
import Logging
import NIOCore

/// Another Gemini server as a responder: what is asked for beneath the place where this is mounted is asked there.
///
/// ```swift
/// let wiki = try ReverseProxy(to: "gemini://127.0.0.1:1966/wiki/")
/// let host = VirtualHost(names: names, identity: identity, responder: wiki, acceptsUploads: true)
/// ```
///
/// - The path behind the mounted prefix is put behind the path of the origin's address. Path and query go as the visitor wrote
///   them; Titan parameters are written anew, so that no two servers can read them in two ways.
/// - A redirect to the origin's own address becomes one to ours. Pages are not touched: for links that begin with a slash,
///   mount the proxy where the origin has its pages.
/// - 1x, 4x and 5x pass as they are (GP-181). Where the origin cannot be reached, is not trusted, or does not answer as a
///   Gemini server, the answer is 43 with ``unreachable`` (GP-182), and the reason is in the log.
/// - Pages and uploads stream at the pace of whoever is slower. A page that breaks off at the origin breaks off for the
///   visitor, without close_notify (GP-013).
/// - The visitor's certificate stays here: nobody can show a certificate without its key (GP-188). An origin that wants to see
///   it needs a `PassThroughHost` of the server. The address can be told by ``Options/proxyHeader``.
///
/// Each request has a connection of its own, as the protocol has it. A proxy whose requests come back to itself answers 43.
public struct ReverseProxy: Responder {
    /// What a visitor is told when the origin is at fault.
    public static let unreachable = "The server behind this address does not answer as it should"

    /// What a visitor is told when the origin asks for a client certificate.
    static let certificateWanted =
        "The server behind this address asks for a client certificate, and yours cannot be passed on to it"

    let mapping: OriginMapping
    let options: Options
    let client: GeminiClient
    let connections: OriginConnections
    /// When the log is told again of what goes wrong.
    let throttle = LineThrottle<Fault>()
    /// The file in which the origin is remembered, where trust is by that.
    let knownHostsPath: String?

    /// - Parameters:
    ///   - origin: a `gemini` URL; its path is put before what is asked for.
    ///   - options: what can be chosen.
    /// - Throws: ``ReverseProxyError``, and an error that says why there is no place for the known hosts.
    public init(to origin: GeminiURL, _ options: Options = Options()) throws {
        try self.init(to: origin, options) { _ in }
    }

    /// - Parameters:
    ///   - origin: a `gemini` URL as text.
    ///   - options: trust, identity, limits.
    public init(to origin: String, _ options: Options = Options()) throws {
        let url: GeminiURL
        do {
            url = try GeminiURL(origin)
        } catch {
            throw ReverseProxyError.noURL(origin, error)
        }
        try self.init(to: url, options)
    }

    init(
        to origin: GeminiURL,
        _ options: Options,
        configure: (inout ClientConfiguration) -> Void
    ) throws {
        self.mapping = try OriginMapping(origin, name: options.name)
        self.options = options
        let trust = try options.trust ?? TrustOnFirstUse(Self.standardKnownHosts())
        self.knownHostsPath = (trust as? TrustOnFirstUse)?.knownHosts.path
        var configuration = ClientConfiguration(
            trust: trust,
            streamLimits: options.limits
        )
        configure(&configuration)
        self.client = GeminiClient(configuration)
        self.connections = OriginConnections(maximum: options.maximumConnections)
    }

    /// The origins that this user's proxies know, `known_hosts` in the server's state directory.
    ///
    /// - Throws: an error whose description says which variables name the directory.
    public static func standardKnownHosts() throws -> KnownHosts {
        KnownHosts(path: try StateDirectory.standard().path + "/known_hosts")
    }

    public func respond(to request: Request) async throws -> Response {
        if let slash = self.mapping.redirectToSlash(request) { return slash }
        let line = try self.mapping.line(for: request)
        let content = try RelayedUpload(request)
        guard let place = self.connections.enter(from: request.remoteAddress, to: request.localAddress) else {
            return self.failure(.loop, "\(line.url) leads back to this proxy.", of: request)
        }
        switch place {
        case .full:
            return .failure(.serverUnavailable, "Too many requests wait for the server behind this address")
        case .overShare:
            return ClientShares.refusal
        case .place(let place):
            return try await self.respond(to: request, line, content, place)
        }
    }
}

extension ReverseProxy {
    private func respond(
        to request: Request,
        _ line: RequestLine,
        _ content: RelayedUpload?,
        _ place: OriginConnections.Place
    ) async throws -> Response {
        var relayed = RelayedRequest(line: line, host: line.url.host, port: self.mapping.port)
        relayed.address = self.mapping.origin.host
        relayed.upload = content?.content
        relayed.identity = self.options.identity
        relayed.connected = { place.connected($0) }
        relayed.preamble = self.options.proxyHeader.map { version in
            ProxyHeader(
                source: request.remoteAddress,
                destination: request.localAddress,
                authority: request.tls?.serverName
            ).encoded(version)
        }
        let received: RelayedResponse
        do throws(ClientError) {
            received = try await self.client.relay(relayed)
        } catch .cancelled {
            throw CancellationError()
        } catch .uploadFailed(let error) {
            throw content?.failure ?? error
        } catch {
            return self.failure(Fault(error), self.reason(error), of: request)
        }
        return self.response(received, request, line, place)
    }

    /// The origin's answer in the form in which it goes to the visitor.
    private func response(
        _ received: RelayedResponse,
        _ request: Request,
        _ line: RequestLine,
        _ place: OriginConnections.Place
    ) -> Response {
        let header = received.header.sendable
        if let body = received.body {
            return Response(header, body: .stream { try await Self.copy(body, to: $0, place) })
        }
        switch header.status.group {
        case .redirect:
            guard let target = self.mapping.redirect(to: header.meta?.text ?? "", from: line, for: request) else {
                return self.failure(
                    .redirect,
                    "\(line.url) redirects to \(header.meta?.text ?? "nowhere"), where no request can go.",
                    of: request
                )
            }
            return Response(.redirect(to: target, permanent: header.status == .permanentRedirect))
        case .clientCertificate where !self.options.passesCertificateRequests:
            self.tell(.certificate, "\(line.url) asks for a certificate: \(header)", of: request)
            return .failure(.proxyError, Self.certificateWanted)
        default:
            return Response(header)
        }
    }

    /// Sends a body at the visitor's pace. Keeps its place until then.
    private static func copy(
        _ body: PageBody,
        to writer: ResponseWriter,
        _ place: OriginConnections.Place
    ) async throws {
        defer { place.leave() }
        for try await piece in body {
            try await writer.write(piece)
        }
        try Task.checkCancellation()
        guard body.isTruncated == false else { throw ReverseProxyError.truncated }
    }
}

extension Responder where Self == ReverseProxy {
    /// Another Gemini server, as in `responder: .proxy(to: "gemini://127.0.0.1:1966/")`.
    ///
    /// - Throws: as the initializers of ``ReverseProxy``.
    public static func proxy(to origin: String, _ options: ReverseProxy.Options = .init()) throws -> ReverseProxy {
        try ReverseProxy(to: origin, options)
    }
}
