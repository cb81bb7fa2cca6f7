/// The middleware of one group, while its routes are being written.
final class MiddlewareLayers<Context: RequestContext> {
    var middleware: [any Middleware<Context>] = []
    private let prefix: PathPattern
    private var hasTop = false

    /// - Parameter prefix: the path of the group.
    init(prefix: PathPattern) {
        self.prefix = prefix
    }

    /// Takes note of a route of the group.
    func note(_ route: RouteDeclaration) {
        let rest = route.pattern.segments.dropFirst(self.prefix.depth)
        guard route.actions.contains(.page), rest.count == 1 else { return }
        if rest.first == .literal("") || rest.first == .rest { self.hasTop = true }
    }

    /// The part of the site that is the group's.
    var zone: CertificateZone {
        CertificateZone(depth: self.prefix.depth, hasTop: self.hasTop)
    }

    /// The middleware, knowing where it stands. To be asked for when all routes are written.
    var placed: [any Middleware<Context>] {
        self.middleware.map { ($0 as? any ZonedMiddleware<Context>)?.placed(in: self.zone) ?? $0 }
    }
}

extension PathPattern {
    /// How many segments are above the paths beneath it.
    fileprivate var depth: Int {
        self.segments.last == .literal("") ? self.segments.count - 1 : self.segments.count
    }
}
