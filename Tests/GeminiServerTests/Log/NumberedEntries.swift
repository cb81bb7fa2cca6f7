import GeminiProtocol
import GeminiServer

extension AccessLogEntry {
    /// One of many that can be told apart in a log.
    static func numbered(_ number: Int) -> AccessLogEntry {
        var entry = AccessLogEntry(
            remoteAddress: nil,
            acceptedAt: Timestamp(secondsSinceEpoch: 1_795_207_869),
            requestLine: Array("gemini://localhost/\(number)".utf8)
        )
        entry.header = .success(.gemtext)
        return entry
    }
}

/// The numbers of the entries in a log, in their order; what is no whole line of one is left out.
func loggedNumbers(_ text: String) -> [Int] {
    text.split(separator: "\n").compactMap { line in
        line.wholeMatch(of: /- \[[^\]]+\] "gemini:\/\/localhost\/(\d+)" 20 "text\/gemini" 0/).flatMap { Int($0.1) }
    }
}
