import GeminiLint
import GeminiProtocol
import NIOConcurrencyHelpers

/// Answers from a table, and keeps in mind what it was asked.
final class ScriptedFetcher: PageFetcher {
    private let answers: [String: String]
    private let requests = NIOLockedValueBox<[String]>([])

    /// - Parameter answers: the header for each URL, and behind a line end the body; nothing for a server that is not
    ///   there. What is missing is 51.
    init(_ answers: [String: String]) {
        self.answers = answers
    }

    var asked: [String] { self.requests.withLockedValue { $0 } }

    func fetch(_ url: GeminiURL, wantsBody: Bool) async -> FetchAnswer {
        self.requests.withLockedValue { $0.append(url.description) }
        let answer = self.answers[url.description] ?? "51 Not found"
        guard !answer.isEmpty else { return .unreachable(reason: "Nobody is there.") }
        let parts = answer.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        do {
            guard let header = try ResponseHeaderDecoder.decode(parts[0]) else {
                return .unreachable(reason: "No header.")
            }
            return .response(header, body: wantsBody && parts.count > 1 ? Array(parts[1].utf8) : nil)
        } catch {
            return .unreachable(reason: "\(error)")
        }
    }
}

extension ResponseHeaderDecoder {
    fileprivate static func decode(_ line: Substring) throws -> ResponseHeader? {
        var decoder = ResponseHeaderDecoder()
        let bytes = Array((line + "\r\n").utf8)
        return try decoder.decode(bytes.span)?.header
    }
}
