public import GeminiProtocol
public import GeminiServer

/// One of the hosts of a capsule: its names, its certificate, and what answers there.
///
/// ```swift
/// let capsule = try Capsule(hosts: [
///     CapsuleHost("example.org", aliases: ["www.example.org"]) { routes in ... },
///     CapsuleHost("files.example.org", responder: .files(in: "public")),
///     CapsuleHost("people.example.org", aliases: ["*.people.example.org"], routes: people),
/// ])
/// ```
///
/// An alias may be a pattern: `*.people.example.org` is every host one label beneath `people.example.org` that no other host
/// has by its name. Which of them a visitor asked for is in the request's URL (`context.request.url.host`).
public struct CapsuleHost: Sendable {
    /// The names in URLs that mean this host; the first is its own.
    public let names: [Host]

    /// More hosts that mean this one, by pattern. A host that has a name of its own comes first.
    public let wildcards: [HostPattern]

    /// Where its certificate comes from.
    public var identity: HostIdentity

    /// What answers its requests.
    public var responder: any Responder

    /// Whether Titan requests reach the responder; otherwise they are refused (53, TI-27).
    public var acceptsUploads: Bool

    /// Where its exchanges are recorded.
    public var accessLog = AccessLog.capsule

    /// Bytes of a Titan upload that are taken where a route names no limit of its own (TI-16); `nil` for what the capsule's
    /// limits say.
    public var uploadSize: Int?

    /// Where the exchanges of a host are recorded.
    public enum AccessLog: Sendable {
        /// Where those of the whole capsule are (``CapsuleOptions/accessLog``).
        case capsule
        /// In a place of its own, or nowhere: `.own(.none)`.
        case own(CapsuleOptions.AccessLog)
    }

    /// A host whose requests a responder answers.
    ///
    /// - Parameters:
    ///   - name: its own name, which is no pattern.
    ///   - aliases: more names, and patterns such as `*.example.org`.
    ///   - identity: where its certificate comes from.
    ///   - acceptsUploads: whether Titan requests reach the responder.
    ///   - responder: what answers its requests.
    /// - Throws: ``CapsuleError``, which names what is no host name.
    public init(
        _ name: String,
        aliases: [String] = [],
        identity: HostIdentity = .automatic,
        acceptsUploads: Bool = false,
        responder: any Responder
    ) throws {
        let patterns = aliases.filter { $0.hasPrefix("*") }
        self.names = try ([name] + aliases.filter { !$0.hasPrefix("*") }).map { name throws(CapsuleError) in
            do throws(HostError) {
                return try Host(name)
            } catch {
                throw .hostName(name, reason: error)
            }
        }
        self.wildcards = try patterns.map { pattern throws(CapsuleError) in
            do throws(HostPatternError) {
                return try HostPattern(pattern)
            } catch {
                throw .hostPattern(error)
            }
        }
        self.identity = identity
        self.acceptsUploads = acceptsUploads
        self.responder = responder
    }

    /// A host with routes, whose handlers get the simplest context.
    ///
    /// - Throws: ``RoutingError`` for routes that clash or cannot be, ``CapsuleError``, and what `routes` throws.
    public init(
        _ name: String,
        aliases: [String] = [],
        identity: HostIdentity = .automatic,
        routes: (Routes<BasicContext>) throws -> Void
    ) throws {
        try self.init(name, aliases: aliases, identity: identity, context: BasicContext.self, routes: routes)
    }

    /// A host with routes, whose handlers get a context of the application's own.
    ///
    /// - Throws: ``RoutingError`` for routes that clash or cannot be, ``CapsuleError``, and what `routes` throws.
    public init<Context: RootContext>(
        _ name: String,
        aliases: [String] = [],
        identity: HostIdentity = .automatic,
        context: Context.Type,
        routes: (Routes<Context>) throws -> Void
    ) throws {
        try self.init(name, aliases: aliases, identity: identity, context: { Context($0) }, routes: routes)
    }

    /// A host with routes, whose handlers get a context that the application makes, with its database in it, say.
    ///
    /// - Throws: ``RoutingError`` for routes that clash or cannot be, ``CapsuleError``, and what `routes` throws.
    public init<Context: RequestContext>(
        _ name: String,
        aliases: [String] = [],
        identity: HostIdentity = .automatic,
        context: @escaping @Sendable (CoreContext) -> Context,
        routes: (Routes<Context>) throws -> Void
    ) throws {
        let router = try Router(context: context, routes)
        try self.init(
            name,
            aliases: aliases,
            identity: identity,
            acceptsUploads: router.takesUploads,
            responder: router
        )
    }
}

extension CapsuleHost {
    /// Its names and patterns, as its certificate has them.
    package var certificateNames: [String] {
        self.names.map(\.description) + self.wildcards.map(\.description)
    }
}
