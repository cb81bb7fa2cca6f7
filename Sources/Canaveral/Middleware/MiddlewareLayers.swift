/// The middleware of one group, while its routes are being written.
final class MiddlewareLayers<Context: RequestContext> {
    var middleware: [any Middleware<Context>] = []
}
