import GeminiProtocol
package import Logging

extension Response {
    /// What an error becomes that a responder threw (GP-095).
    package static func answering(_ error: any Error, logger: Logger) -> Response {
        switch error {
        case let error as any ResponseError:
            return error.response
        case is CancellationError where Task.isCancelled:
            break  // the client has left; nobody reads this
        default:
            logger.error("A responder failed: \(error)")
        }
        return .failure(.temporaryFailure)
    }
}
