public import GeminiProtocol

/// Why a test got no page, or another one than it asked for.
public enum TestError: Error, Sendable, CustomStringConvertible {
    /// What was asked for is no address.
    case address(String, reason: URIError)
    /// The address makes no request.
    case request(GeminiURL, reason: RequestLineError)
    /// The loopback server could not be reached.
    case noConnection(reason: String)
    /// The connection ended before a header had come.
    case noAnswer(request: String)
    /// What came is no response.
    case header(request: String, reason: ResponseHeaderError)
    /// The client's ``Faults`` had it go away within its request.
    case requestCut(after: Int)
    /// A page that was to be followed redirects nowhere.
    case noRedirect(TestPage)
    /// A page that was to be answered asks for nothing.
    case noQuestion(TestPage)
    case tooManyRedirects(limit: Int, TestPage)
    /// A page has no link of that name.
    case noLink(label: String, TestPage)
    /// A page has another status than it was to have.
    case unexpected(TestPage, expected: Status)

    public var description: String {
        switch self {
        case .address(let text, let reason): "'\(text)' is no address: \(reason)"
        case .request(let url, let reason): "\(url) makes no request: \(reason)"
        case .noConnection(let reason): "The capsule under test cannot be reached: \(reason)"
        case .noAnswer(let request): "The connection ended without an answer to \(request)."
        case .header(let request, let reason): "What answers \(request) is no response: \(reason)"
        case .requestCut(let count): "The client went away after \(count) bytes of its request, as it was told."
        case .noRedirect(let page): "There is no redirect to follow in \(page)"
        case .noQuestion(let page): "There is no question to answer in \(page)"
        case .tooManyRedirects(let limit, let page): "More than \(limit) redirects lead to \(page)"
        case .noLink(let label, let page): "There is no link '\(label)' in \(page)"
        case .unexpected(let page, let expected): "Status \(expected) was expected, not \(page)"
        }
    }
}
