import Canaveral

/// Why the proxy has no document: each is the answer 43.
enum WebError: ResponseError {
    case forbidden(GeminiURL)
    case leavesTheWeb(GeminiURL)
    case status(GeminiURL, String)
    case timeout(GeminiURL)
    case tooLarge(GeminiURL, limit: Int)
    case tooManyRedirects(GeminiURL)
    case unreachable(GeminiURL)

    var response: Response {
        .failure(.proxyError, self.sentence)
    }

    private var sentence: String {
        switch self {
        case .forbidden(let url): "\(url.host) is inside of a network, and not fetched"
        case .leavesTheWeb(let url): "The page has moved out of the web, to \(url)"
        case .status(let url, let status): "\(url.host) answered \(status)"
        case .timeout(let url): "\(url.host) took too long"
        case .tooLarge(_, let limit): "The document has more than \(limit) bytes"
        case .tooManyRedirects(let url): "\(url) redirects too often"
        case .unreachable(let url): "\(url.host) cannot be reached"
        }
    }
}
