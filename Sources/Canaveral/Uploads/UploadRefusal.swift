public import GeminiServer

/// Why an upload is not taken, whatever its bytes: answered with 59, as by other servers, so that the client shows why.
public enum UploadRefusal: ResponseError, Hashable, CustomStringConvertible {
    /// The client knows not the secret, or none was sent (TI-23).
    case wrongToken
    /// The type of the upload is none of those that are taken (TI-17).
    case mediaType(String, accepted: [String])
    /// The text is to be UTF-8, and is not (TI-17).
    case notUTF8

    public var description: String {
        switch self {
        case .wrongToken:
            "This needs a token, and the right one: enter the one that you were given."
        case .mediaType(let type, let accepted):
            "\(type) is not taken here, only \(accepted.joined(separator: ", "))."
        case .notUTF8:
            "The text is not UTF-8."
        }
    }

    public var response: Response {
        .failure(.badRequest, self.description)
    }
}
