import GeminiProtocol
package import GeminiServer

/// A Gemini application: hosts with routes, and the server that they run on.
///
/// ```swift
/// import Canaveral
///
/// @main
/// struct Greeter {
///     static func main() async throws {
///         let capsule = try Capsule(hostname: "localhost") { routes in
///             routes.page("/") { context in
///                 let name = try context.input("What is your name?")
///                 return .gemtext("# Hello, \(name)")
///             }
///         }
///         try await capsule.run()
///     }
/// }
/// ```
///
/// It is the same value that tests ask for pages without a socket (`CanaveralTesting`).
public struct Capsule: Sendable {
    /// The hosts; the certificate of the first is shown to clients that ask for none of them.
    public let hosts: [CapsuleHost]

    /// Addresses, limits, logs, services.
    public var options: CapsuleOptions

    private let memory: MemoryStore

    /// A capsule of several hosts.
    ///
    /// - Throws: ``CapsuleError``.
    public init(hosts: [CapsuleHost], options: CapsuleOptions = CapsuleOptions()) throws(CapsuleError) {
        guard !hosts.isEmpty else { throw .noHosts }
        var names: Set<Host> = []
        for name in hosts.flatMap(\.names) where !names.insert(name.withoutTrailingDot).inserted {
            throw .sharedName(name)
        }
        var patterns: Set<HostPattern> = []
        for pattern in hosts.flatMap(\.wildcards) where !patterns.insert(pattern).inserted {
            throw .sharedPattern(pattern)
        }
        self.hosts = hosts
        self.options = options
        self.memory = MemoryStore(
            limits: .init(whenFull: .evict(from: ["sessions", "conversations"])),
            now: options.environment.now
        )
    }

    /// A capsule of one host with the simplest context.
    ///
    /// - Throws: ``RoutingError`` for routes that clash or cannot be, ``CapsuleError``, and what `routes` throws.
    public init(
        hostname: String = "localhost",
        identity: HostIdentity = .automatic,
        options: CapsuleOptions = CapsuleOptions(),
        routes: (Routes<BasicContext>) throws -> Void
    ) throws {
        try self.init(
            hostname: hostname,
            identity: identity,
            options: options,
            context: BasicContext.self,
            routes: routes
        )
    }

    /// A capsule of one host, whose handlers get a context of the application's own.
    ///
    /// - Throws: ``RoutingError`` for routes that clash or cannot be, ``CapsuleError``, and what `routes` throws.
    public init<Context: RootContext>(
        hostname: String = "localhost",
        identity: HostIdentity = .automatic,
        options: CapsuleOptions = CapsuleOptions(),
        context: Context.Type,
        routes: (Routes<Context>) throws -> Void
    ) throws {
        try self.init(
            hosts: [CapsuleHost(hostname, identity: identity, context: context, routes: routes)],
            options: options
        )
    }

    /// A capsule of one host, whose handlers get a context that the application makes of what it has:
    ///
    /// ```swift
    /// struct Visitor: RequestContext {
    ///     var core: CoreContext
    ///     let library: Library
    /// }
    ///
    /// func build(_ routes: Routes<Visitor>) {
    ///     routes.page("/") { visitor in .gemtext("# \(visitor.library.name)") }
    /// }
    ///
    /// let capsule = try Capsule(context: { Visitor(core: $0, library: library) }, routes: build)
    /// ```
    ///
    /// - Throws: ``RoutingError`` for routes that clash or cannot be, ``CapsuleError``, and what `routes` throws.
    public init<Context: RequestContext>(
        hostname: String = "localhost",
        identity: HostIdentity = .automatic,
        options: CapsuleOptions = CapsuleOptions(),
        context: @escaping @Sendable (CoreContext) -> Context,
        routes: (Routes<Context>) throws -> Void
    ) throws {
        try self.init(
            hosts: [CapsuleHost(hostname, identity: identity, context: context, routes: routes)],
            options: options
        )
    }

    /// What answers for a host or for what is foreign, with the capsule's own clock, chance, store and log.
    package func adopted(_ responder: any Responder) -> any Responder {
        guard let router = responder as? any EnvironmentAdopting else { return responder }
        return router.adopting(
            self.options.environment,
            store: self.options.store ?? self.memory,
            logger: self.options.logger
        )
    }
}
