public import GeminiProtocol

/// A query is no text. Thrown on by a responder, it is answered with 59.
public struct RequestInputError: ResponseError, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    public let reason: PercentEncodingError

    /// 59 with the description.
    public var response: Response {
        .failure(.badRequest, self.description)
    }

    public var description: String {
        "The query cannot be read as text. \(self.reason)"
    }
}
