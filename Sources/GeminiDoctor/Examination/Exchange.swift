import GeminiProbe
import GeminiProtocol

/// One request and everything that came back for it.
struct Exchange: Sendable {
    /// How a response ended.
    enum End: Sendable, Hashable {
        /// In order.
        case closeNotify
        /// With FIN and without close_notify.
        case finished
        case reset
        case alert(TLSAlert)
        case garbage(String)
        /// It was still open when the time was up.
        case silence
        /// It was still coming when there was enough of it.
        case cutOff
    }

    var request: [UInt8]
    var response: [UInt8] = []
    var end = End.silence
    /// From the end of the request to the end of the response.
    var duration = Duration.zero
    /// What was done besides sending the request, for reports.
    var remark: String?

    /// The header, or why there is none; `nil` when nothing came at all.
    var header: Result<ReceivedResponseHeader, ResponseHeaderError>? {
        guard !self.response.isEmpty else { return nil }
        // More than a header may have, so that one that is too long is known by what else it is.
        var decoder = ResponseHeaderDecoder(metaLimit: 8192)
        do throws(ResponseHeaderError) {
            guard let header = try decoder.decode(self.response.span) else { return .failure(decoder.finish()) }
            return .success(header)
        } catch {
            return .failure(error)
        }
    }

    var received: ReceivedResponseHeader? {
        if case .success(let header) = self.header { header } else { nil }
    }

    var status: Status? {
        self.received?.header.status
    }

    var meta: String? {
        self.received?.header.meta?.text
    }

    /// What follows the header.
    var body: ArraySlice<UInt8> {
        self.response[(self.received?.length ?? self.response.count)...]
    }

    /// Whether the server said all that it had to say.
    var hasEnded: Bool {
        self.end != .silence && self.end != .cutOff
    }

    /// Whether there is anything to judge.
    var isAnswered: Bool {
        !self.response.isEmpty
    }

    /// The answer in a word: `20`, or what came instead.
    var outcome: String {
        switch self.header {
        case .success(let header): return "\(header.header.status.code)"
        case .failure: return "what is no header"
        case nil: return self.endText
        }
    }

    var sentText: String {
        let text = Escaped.text(self.request, limit: Escaped.requestLimit)
        return self.remark.map { "\(text) (\($0))" } ?? text
    }

    var receivedText: String {
        guard self.isAnswered else { return self.endText }
        let shown = Escaped.text(self.response, limit: Escaped.responseLimit)
        return self.end == .closeNotify ? shown : "\(shown), then \(self.endText)"
    }

    private var endText: String {
        switch self.end {
        case .closeNotify: "close_notify and no byte"
        case .finished: "FIN without close_notify"
        case .reset: "a reset connection"
        case .alert(let alert): "the TLS alert \(alert)"
        case .garbage(let reason): "broken TLS (\(reason))"
        case .silence: "nothing in \(self.duration.seconds)"
        case .cutOff: "more than was read"
        }
    }
}

extension Duration {
    /// `0.4 s`
    var seconds: String {
        let milliseconds = self.components.seconds * 1000 + self.components.attoseconds / 1_000_000_000_000_000
        let tenths = (milliseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
