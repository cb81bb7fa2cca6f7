import GeminiProtocol
import GeminiServer
import Logging
import NIOCore

/// A daemon, and the connections to it: what SCGI and FastCGI have in common.
final class Backend: Sendable {
    let address: BackendAddress
    let options: BackendOptions
    private let slots: ProcessSlots
    private let pool: BackendPool?
    private let throttle = LineThrottle<BackendLog.Line>()

    /// - Parameter keepsConnections: whether a connection can serve more than one request.
    init(_ address: BackendAddress, options: BackendOptions, keepsConnections: Bool) {
        self.address = address
        self.options = options
        self.slots = ProcessSlots(count: options.maximumConnections)
        self.pool =
            keepsConnections && options.keptConnections > 0
            ? BackendPool(limit: options.keptConnections, timeout: TimeAmount(options.keepTimeout)) : nil
    }

    /// Whether connections are to be left open.
    var keepsConnections: Bool { self.pool != nil }

    /// The variables of a request.
    ///
    /// - Throws: ``GatewayPathError``.
    func variables(for request: Request, carrier: GatewayCarrier) throws(GatewayPathError) -> GatewayVariables {
        var path =
            if let name = self.options.scriptName {
                try GatewayPath(request, scriptName: name)
            } else {
                try GatewayPath(request, scriptSegments: self.options.scriptSegments)
            }
        path.documentRoot = self.options.documentRoot.map { Array($0.utf8) }
        var variables = GatewayVariables(
            request,
            path: path,
            style: self.options.style,
            carrier: carrier,
            server: self.options.server
        )
        if let root = path.documentRoot {
            variables.set("DOCUMENT_ROOT", root)
            let slash = root.last == UInt8(ascii: "/")
            variables.set("SCRIPT_FILENAME", (slash ? root.dropLast() : root[...]) + path.scriptName)
        }
        for (name, value) in self.options.environment.sorted(by: { $0.key < $1.key }) where variables[name] == nil {
            variables.set(name, value)
        }
        return variables
    }

    /// Has the daemon answer.
    ///
    /// - Throws: a `ResponseError`, whose cause the log has been told; `CancellationError`.
    func respond(to request: Request, _ message: BackendMessage, reply: BackendReply.Format) async throws -> Response {
        let client = request.remoteAddress.flatMap(ClientNetwork.init)
        try await self.slots.take(for: client, within: TimeAmount(self.options.queueTimeout))
        let place = BackendPlace(takenFrom: self.slots, for: client)
        var logger = self.options.logger
        logger[metadataKey: "gemini.backend"] = "\(self.address)"
        logger[metadataKey: "gemini.host"] = "\(request.url.host)"
        logger[metadataKey: "gemini.path"] = "\(request.path)"
        let log = BackendLog(logger, self.throttle)
        let reply = BackendReply(
            reply,
            outputLimit: self.options.outputLimit,
            errorOutputLimit: self.options.errorOutputLimit
        )
        do {
            return try await self.respond(message, reply, place, log)
        } catch let error as BackendError {
            log.gaveNoResponse(error)
            throw error
        }
    }

    private func respond(
        _ message: BackendMessage,
        _ reply: BackendReply,
        _ place: BackendPlace,
        _ log: BackendLog
    ) async throws -> Response {
        if let kept = await self.pool?.take() {
            // An upload can be sent once, so that it does not go where nobody may be any more. Its connection takes the
            // place of a kept one, for a daemon that serves few at once.
            if message.upload == nil {
                do {
                    return try await self.exchange(kept, for: message, waited: nil, isReused: true, place, log)
                        .response(to: message, reply: reply)
                } catch is BackendExchange.Stale {
                    log.logger.debug("A kept connection was dead.")
                }
            } else {
                kept.fail(CancellationError())
            }
        }
        let wait = self.pool.map { BackendPool.Wait(in: $0) }
        let connection = try await BackendConnection.connect(
            to: self.address,
            within: TimeAmount(self.options.connectTimeout)
        )
        return try await self.exchange(connection, for: message, waited: wait, isReused: false, place, log)
            .response(to: message, reply: reply)
    }

    /// - Parameter wait: that for a new connection, where it is one and others may be kept.
    private func exchange(
        _ connection: BackendConnection,
        for message: BackendMessage,
        waited wait: BackendPool.Wait?,
        isReused: Bool,
        _ place: BackendPlace,
        _ log: BackendLog
    ) -> BackendExchange {
        var giveBack: (@Sendable (BackendConnection) -> Void)?
        if let pool = self.pool, message.upload == nil { giveBack = { pool.put($0) } }
        return BackendExchange(
            connection,
            wait: wait,
            isReused: isReused,
            options: self.options,
            place: place,
            log: log,
            giveBack: giveBack
        )
    }
}
