import GeminiProtocol
import Logging
import NIOCore

/// The task that has a responder answer one request: the way from a connection's event loop to application code and
/// back.
struct Answer: Sendable {
    let connection: NIOLoopBound<ConnectionHandler>
    let eventLoop: any EventLoop
    let logger: Logger

    func respond(to request: Request, with responder: any Responder) async {
        let response: Response
        do {
            response = try await responder.respond(to: request)
        } catch {
            response = .answering(error, at: request.url.path, logger: self.logger)
        }
        await self.deliver(response)
    }

    /// Sends a response, running what produces its body.
    func deliver(_ response: Response) async {
        let connection = self.connection
        guard case .stream(let produce) = response.body, response.header.sendable.status.hasBody else {
            self.eventLoop.perform { connection.value.send(response) }
            return
        }
        do {
            self.eventLoop.perform { connection.value.sendHeader(of: response) }
            try await produce(ResponseWriter(connection: connection, eventLoop: self.eventLoop))
            self.eventLoop.perform { connection.value.finish() }
        } catch {
            self.logger.debug("A streamed response broke off: \(error)")
            self.eventLoop.perform { connection.value.breakOff() }
        }
    }
}
