public import GeminiProtocol

/// 4x and 5x: the server has no page, for now or for good.
public struct Failure: Sendable {
    public let exchange: Exchange

    /// Where it came from.
    public var url: GeminiURL { self.exchange.url }

    /// The status as it came; its `equivalent` is the one to act on.
    public var status: Status { self.exchange.header.status }

    /// What the server says about it (GP-090).
    public var serverMessage: String? { self.exchange.header.meta?.text }

    /// Whether the same request will fail again: it is not to be repeated (GP-091).
    public var isPermanent: Bool { self.status.group == .permanentFailure }

    /// How long to wait at least before the next request to this server, which 44 asks for (GP-092): what the server
    /// says, or a second. ``Backoff`` makes it longer each time.
    public var retryDelay: Duration? {
        guard self.status.equivalent == .slowDown else { return nil }
        return max(self.exchange.header.requestedDelay ?? .zero, .seconds(1))
    }

    /// What the status means, in a sentence for a reader; programs in other languages have their own for each
    /// ``status`` (GP-090).
    public var explanation: String {
        if self.isOfUpload {
            switch self.status.equivalent {
            case .proxyRequestRefused: return "The server takes no uploads for this host."
            case .badRequest:
                return self.saysWhy
                    ? "The server does not take this upload."
                    : "The server refused the upload's parameters; perhaps the token is wrong or missing."
            default: break
            }
        }
        return switch self.status.equivalent {
        case .serverUnavailable: "The server is overloaded or under maintenance; try again later."
        case .cgiError: "The program that makes this page failed; try again later."
        case .proxyError: "The server could not get the page from another server."
        case .slowDown: "The server asks for fewer requests; wait before the next one."
        case .permanentFailure: "The server cannot answer this request, now or later."
        case .notFound: "There is no page at this address."
        case .gone: "The page has been removed for good."
        case .proxyRequestRefused: "The server does not serve this host."
        case .badRequest: "The server does not understand the request."
        default: "The server cannot answer this request for now."
        }
    }

    /// Whether the server's message is more than the name of the status.
    private var saysWhy: Bool {
        guard let message = self.serverMessage else { return false }
        let words = message.lowercased().filter { $0.isLetter || $0 == " " }
        return !words.isEmpty && !["bad request", "error", "invalid request", "malformed request"].contains(words)
    }

    /// Whether it answers a request by Titan.
    private var isOfUpload: Bool { self.url.scheme == "titan" }
}

extension Failure: CustomStringConvertible {
    /// The explanation, and what the server says; of an upload the server's words come first, as they say more of what
    /// was refused.
    public var description: String {
        guard let message = self.serverMessage else { return self.explanation }
        if self.isOfUpload { return "The server says “\(message)” (\(self.status.code)). \(self.explanation)" }
        return "\(self.explanation) The server says: \(message)"
    }
}
