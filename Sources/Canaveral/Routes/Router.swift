import GeminiProtocol
public import GeminiServer
import Logging

/// Answers requests by the routes of an application.
///
/// A ``Capsule`` makes one for each of its hosts; by itself it is a responder like any other, to be mounted in another
/// application or given to a server.
public struct Router<Context: RequestContext>: Responder {
    private let makeContext: @Sendable (CoreContext) -> Context
    private let table: RouteTable<Endpoint<Context>>
    /// Around every endpoint of the table already; for what the table has not.
    private let middleware: [any Middleware<Context>]
    /// Whether there is anything that could be had at once: handlers are spared a second look into the table.
    private let hasResponders: Bool
    var environment = AppEnvironment.system
    var store: any Store = MemoryStore()
    var logger = Logger(label: "canaveral")

    /// - Parameters:
    ///   - makeContext: makes the context that handlers get, with whatever of the application belongs into it.
    ///   - build: writes the routes.
    /// - Throws: ``RoutingError`` for routes that clash or cannot be, and what `build` throws.
    public init(
        context makeContext: @escaping @Sendable (CoreContext) -> Context,
        _ build: (Routes<Context>) throws -> Void
    ) throws {
        var declared: [(RouteDeclaration, () -> Endpoint<Context>)] = []
        let layers = MiddlewareLayers<Context>(prefix: PathPattern("/"))
        try build(Routes(prefix: PathPattern("/"), layers: layers) { declared.append(($0, $1)) })

        var table = RouteTable<Endpoint<Context>>()
        var problems: [RouteProblem] = []
        var hasResponders = false
        for (route, makeEndpoint) in declared {
            if let problem = route.problem {
                problems.append(problem)
                continue
            }
            let endpoint = makeEndpoint().in(layers.placed)
            if endpoint.answersAtOnce { hasResponders = true }
            let entry = RouteTable.Entry(endpoint: endpoint, template: route.pattern.text, place: route.place)
            if let other = table.insert(entry, at: route.pattern, types: route.types, for: route.actions) {
                problems.append(
                    .clash(path: other.template, first: other.place, other: entry.template, second: entry.place)
                )
            }
        }
        guard problems.isEmpty else { throw RoutingError(problems: problems) }
        self.makeContext = makeContext
        self.table = table
        self.middleware = layers.placed
        self.hasResponders = hasResponders
    }

    /// Whether anything can be uploaded, edited or deleted here.
    public var takesUploads: Bool {
        [.upload, .edit, .delete].contains { self.table.holds($0) }
    }

    /// - Parameters:
    ///   - context: the type of the context that handlers get.
    ///   - build: writes the routes.
    /// - Throws: ``RoutingError`` for routes that clash or cannot be, and what `build` throws.
    public init(
        context: Context.Type,
        _ build: (Routes<Context>) throws -> Void
    ) throws where Context: RootContext {
        try self.init(context: { Context($0) }, build)
    }

    /// - Throws: as the others.
    public init(_ build: (Routes<Context>) throws -> Void) throws where Context == BasicContext {
        try self.init(context: BasicContext.self, build)
    }

    public func respondAtOnce(to request: Request) -> Response? {
        guard self.hasResponders, let match = self.match(request), match.endpoint.answersAtOnce else { return nil }
        let inner = Self.request(request, beneath: match)
        return match.endpoint.respondAtOnce(to: inner) {
            self.makeContext(self.core(for: inner, basePath: request.basePath, match))
        }
    }

    public func respond(to request: Request) async throws -> Response {
        let match = self.match(request)
        let inner = match.map { Self.request(request, beneath: $0) } ?? request
        let context = self.makeContext(self.core(for: inner, basePath: request.basePath, match))
        guard let match else {
            return try await MiddlewareChain(self.middleware, around: { self.unmatched($0.core.request) })
                .respond(to: context)
        }
        do {
            return try await match.endpoint.respond(to: context)
        } catch let error as any ResponseError {
            return error.response
        }
    }

    private func core(
        for request: Request,
        basePath: String,
        _ match: RouteTable<Endpoint<Context>>.Match?
    ) -> CoreContext {
        CoreContext(
            request: request,
            route: match?.template,
            basePath: basePath,
            parameters: match?.parameters ?? [],
            environment: self.environment,
            store: self.store,
            logger: self.logger
        )
    }

    private func match(_ request: Request) -> RouteTable<Endpoint<Context>>.Match? {
        self.table.match(request.localPath, for: RouteAction(request))
    }

    /// The request as a responder sees it that answers for all that is beneath a path.
    private static func request(_ request: Request, beneath match: RouteTable<Endpoint<Context>>.Match) -> Request {
        guard let offset = match.restOffset else { return request }
        var request = request
        request.basePath += String(decoding: request.localPath.utf8.prefix(offset - 1), as: UTF8.self)
        return request
    }

    private func unmatched(_ request: Request) -> Response {
        let path = request.localPath
        let action = RouteAction(request)
        guard action == .page else {
            let isKnown = RouteAction.allCases.contains { self.table.match(path, for: $0) != nil }
            return isKnown ? .failure(.permanentFailure, action.refusal) : .notFound
        }
        let other = path.last == "/" ? String(path.dropLast()) : path + "/"
        guard path != "/", self.table.match(other, for: .page) != nil,
            let target = try? request.url.replacing(path: request.basePath + other)
        else { return .notFound }
        return .redirect(to: target.reference, permanent: true)
    }
}
