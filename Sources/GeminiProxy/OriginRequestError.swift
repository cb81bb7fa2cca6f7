import GeminiProtocol
import GeminiServer

/// Why an origin is not asked.
enum OriginRequestError: ResponseError, Hashable {
    /// The scheme is none of Gemini's.
    case otherScheme(String)
    /// The origin's address for it makes no request, being over 1,024 bytes for example (GP-041).
    case unsendable(RequestLineError)
    /// A Titan request came without its body.
    case noBody

    var response: Response {
        switch self {
        case .otherScheme(let scheme):
            .failure(.proxyRequestRefused, "\(scheme): addresses are not served here")
        case .unsendable(.tooLong):
            .failure(.badRequest, "The address is too long for the server behind this one")
        case .unsendable(let error):
            .failure(.badRequest, error.description)
        case .noBody:
            .failure(.badRequest, "The upload has no body")
        }
    }
}
