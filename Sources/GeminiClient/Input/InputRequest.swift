public import GeminiProtocol

/// 10 and 11: the server asks for a line of text.
///
/// ```swift
/// if case .input(let request) = try await client.fetch(url) {
///     let answer = readLine(prompt: request.prompt, hidden: request.isSensitive)
///     let page = try await client.page(at: request.answered(with: answer))
/// }
/// ```
public struct InputRequest: Sendable {
    public let exchange: Exchange

    init(_ exchange: Exchange) {
        self.exchange = exchange
    }

    /// The text to show when asking, as it came (GP-100); empty when the server sent none.
    public var prompt: String { self.exchange.header.meta?.text ?? "" }

    /// Whether the answer is not to be shown while it is typed, nor kept (status 11).
    public var isSensitive: Bool { self.exchange.header.status.equivalent == .sensitiveInput }

    /// What asks, after redirects, without a fragment (GP-106).
    public var url: GeminiURL { self.exchange.url.withoutFragment }

    /// The URL to fetch for an answer, which takes the place of a query (GP-101, GP-102, GP-104). An empty answer is a
    /// mere `?` (GP-107).
    ///
    /// - Throws: ``InputError/tooLong(excess:)`` when the request would be over 1,024 bytes (GP-105).
    public func answered(with input: String) throws(InputError) -> GeminiURL {
        let remaining = self.remainingBytes(after: input)
        guard remaining >= 0 else { throw .tooLong(excess: -remaining) }
        return self.url.answering(with: input)
    }

    /// How many more bytes an answer may have, for a counter beside the field; negative when it is too long (GP-105).
    ///
    /// What is encoded counts as such: an `é` has six.
    public func remainingBytes(after input: String) -> Int {
        RequestLine.maximumLength - self.url.answering(with: input).description.utf8.count
    }
}
