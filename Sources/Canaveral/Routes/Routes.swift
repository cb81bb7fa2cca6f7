public import GeminiProtocol
public import GeminiServer

/// The routes of a host, or of a group of them, while they are being written.
///
/// ```swift
/// let capsule = try Capsule(hostname: "example.org") { routes in
///     routes.page("/") { _ in .gemtext("# Welcome") }
///     routes.page("/users/{name}") { (context, name: String) in
///         .gemtext("# \(name)")
///     }
///     routes.group("/archive") { archive in
///         archive.page("/{year}") { (context, year: Int) in .gemtext("# Flights of \(year)") }
///     }
///     routes.mount("/pictures", .files(in: "pictures"))
/// }
/// ```
///
/// Of several routes that fit a request the most particular answers: text before a parameter that takes only some values,
/// that before one that takes any, that before `**`. A page asked for with a slash too many or too few at its end is
/// redirected to the right one (31). Not `Sendable`: routes are written in one place, before the capsule begins to serve.
public final class Routes<Context: RequestContext> {
    let prefix: PathPattern
    private let layers: MiddlewareLayers<Context>
    private let register: Register

    /// Takes a route, and what makes its endpoint once all middleware is known.
    typealias Register = (RouteDeclaration, @escaping () -> Endpoint<Context>) -> Void

    init(prefix: PathPattern, layers: MiddlewareLayers<Context>, register: @escaping Register) {
        self.prefix = prefix
        self.layers = layers
        self.register = { declaration, make in
            layers.note(declaration)
            register(declaration, make)
        }
    }

    // MARK: Pages

    /// Answers for a path.
    ///
    /// - Returns: the whole path, for links: `profile("alice")`.
    @discardableResult
    public func page<each Parameter: PathParameter>(
        _ path: Path<repeat each Parameter>,
        fileID: String = #fileID,
        line: Int = #line,
        _ handler: @escaping @Sendable (Context, repeat each Parameter) async throws -> Response
    ) -> Path<repeat each Parameter> {
        self.add(path, for: [.page], at: SourcePlace(fileID: fileID, line: line), handler)
    }

    /// Sends visitors of a path elsewhere: for a while (30), or for good (31).
    public func redirect(
        _ path: Path<>,
        to target: URIReference,
        permanent: Bool = false,
        fileID: String = #fileID,
        line: Int = #line
    ) {
        self.page(path, fileID: fileID, line: line) { _ in .redirect(to: target, permanent: permanent) }
    }

    /// Sends visitors of a path elsewhere, as in `routes.redirect("/old", to: "/new")`.
    public func redirect(
        _ path: Path<>,
        to target: Link.Target,
        permanent: Bool = false,
        fileID: String = #fileID,
        line: Int = #line
    ) {
        self.page(path, fileID: fileID, line: line) { _ in .redirect(to: target, permanent: permanent) }
    }

    // MARK: What is made elsewhere

    /// Hands everything beneath a path to a responder: a folder of files, a gateway, another application.
    ///
    /// The responder sees the request as it came, and by its `basePath` where it is mounted. With `uploads`, Titan requests
    /// are handed over too.
    public func mount(
        _ path: Path<>,
        _ responder: any Responder,
        uploads: Bool = false,
        fileID: String = #fileID,
        line: Int = #line
    ) {
        let pattern = path.pattern.prefixed(by: self.prefix)
        let declaration = RouteDeclaration(
            pattern: PathPattern("/**").prefixed(by: pattern),
            types: [],
            actions: uploads ? RouteAction.allCases : [.page],
            place: SourcePlace(fileID: fileID, line: line)
        )
        self.register(declaration) { .responder(responder) }
    }

    // MARK: Groups

    /// Routes beneath a path, with middleware of their own if they use any.
    public func group(
        _ path: Path<>,
        _ build: (Routes<Context>) throws -> Void
    ) rethrows {
        try build(self.subgroup(path) { $0.in($1.placed) })
    }

    /// Routes beneath a path, whose handlers get a context that is made of this group's, or none of which is reached.
    ///
    /// Where the context asks for a certificate (60) and the group has a page at its top, visitors without one are sent there
    /// from deeper pages, so that their clients use the certificate for the whole group and nothing else (GP-157).
    public func group<Child: ChildContext<Context>>(
        _ path: Path<>,
        context: Child.Type,
        _ build: (Routes<Child>) throws -> Void
    ) rethrows {
        try build(self.subgroup(path) { $0.in($1.placed, zone: $1.zone, makeContext: Child.init) })
    }

    // MARK: Middleware

    /// Puts middleware around all routes of this group.
    public func use(_ middleware: some Middleware<Context>) {
        self.surround(with: middleware)
    }

    /// Puts a function around all routes of this group.
    public func use(_ body: @escaping @Sendable (Context, @escaping Next<Context>) async throws -> Response) {
        self.use(ClosureMiddleware(body))
    }
}

extension Routes {
    /// Puts middleware around all routes of this group.
    func surround(with middleware: any Middleware<Context>) {
        self.layers.middleware.append(middleware)
    }

    /// Adds a route whose handler takes the parameters of its path.
    func add<each Parameter: PathParameter>(
        _ path: Path<repeat each Parameter>,
        for actions: [RouteAction],
        at place: SourcePlace,
        _ handler: @escaping @Sendable (Context, repeat each Parameter) async throws -> Response
    ) -> Path<repeat each Parameter> {
        let pattern = path.pattern.prefixed(by: self.prefix)
        let declaration = RouteDeclaration(
            pattern: pattern,
            types: Path<repeat each Parameter>.parameterTypes,
            actions: actions,
            place: place
        )
        self.register(declaration) {
            .handler { context in
                guard let values = Path<repeat each Parameter>.values(context.core.parameters) else { return .notFound }
                return try await handler(context, repeat each values)
            }
        }
        return Path(pattern)
    }

    /// - Parameter embed: puts what answers for the group's context behind this one's.
    private func subgroup<Child: RequestContext>(
        _ path: Path<>,
        _ embed: @escaping (Endpoint<Child>, MiddlewareLayers<Child>) -> Endpoint<Context>
    ) -> Routes<Child> {
        let prefix = path.pattern.prefixed(by: self.prefix)
        let layers = MiddlewareLayers<Child>(prefix: prefix)
        let register = self.register
        return Routes<Child>(prefix: prefix, layers: layers) { declaration, make in
            register(declaration) { embed(make(), layers) }
        }
    }
}
