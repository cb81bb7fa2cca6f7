import GeminiProtocol
package import Logging

extension Response {
    /// What an error becomes that a responder threw (GP-095).
    ///
    /// - Parameter path: the path of the request, for the log. Its query may be a password.
    package static func answering(_ error: any Error, at path: String, logger: Logger) -> Response {
        switch error {
        case let error as any ResponseError:
            return error.response
        case is CancellationError where Task.isCancelled:
            break  // the client has left; nobody reads this
        default:
            logger.error("A responder failed at \(path): \(error)")
        }
        return .failure(.temporaryFailure)
    }
}
