public import GeminiServer
public import Logging

/// What every context holds.
public struct CoreContext: Sendable {
    /// The request as the server took it.
    public var request: Request

    /// The template of the route that answers, such as `/users/{name}`; `nil` where no route does.
    public let route: String?

    /// The encoded path beneath which the application's routes are mounted; empty for a whole host.
    let basePath: String

    /// The route's parameters, decoded, in the order of its template.
    public let parameters: [String]

    /// Clock, randomness and ids; in tests those of the test.
    public var environment: AppEnvironment

    /// Where sessions and conversations are kept: that of the capsule's options.
    public var store: any Store

    /// Where the application says what it does. Nothing of it reaches a visitor.
    public var logger: Logger

    /// The encoded path beneath ``basePath``, whichever route answers.
    var localPath: String {
        let path = self.request.url.path.dropFirst(self.basePath.count)
        return path.isEmpty ? "/" : String(path)
    }

    package init(
        request: Request,
        route: String? = nil,
        basePath: String = "",
        parameters: [String] = [],
        environment: AppEnvironment,
        store: any Store = MemoryStore(),
        logger: Logger
    ) {
        self.request = request
        self.route = route
        self.basePath = basePath
        self.parameters = parameters
        self.environment = environment
        self.store = store
        self.logger = logger
    }
}
