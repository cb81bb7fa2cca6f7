import GeminiProtocol
import NIOCore

extension ConnectionOrder {
    /// Opens the connection, sends the request, and returns with the header of the response.
    ///
    /// Cancellation closes the connection, whatever its state.
    func respond(on eventLoop: any EventLoop) async -> Result<ConnectionResponse, ConnectionFailure> {
        let connection = NIOLoopBoundBox.makeBoxSendingValue(
            ClientConnection(self, eventLoop: eventLoop),
            eventLoop: eventLoop
        )
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                eventLoop.execute { connection.value.start(continuation) }
            }
        } onCancel: {
            eventLoop.execute { connection.value.cancel() }
        }
    }
}
