import GeminiProtocol

/// What a crawl has seen, and what it has yet to see.
struct Frontier {
    private var pending: [GeminiURL]
    private var position = 0
    private var seen: Set<GeminiURL>
    private var judgements: [GeminiURL: TargetCheck.Judgement] = [:]
    private let limit: Int

    /// - Parameter limit: the most URLs to look at.
    init(_ start: GeminiURL, limit: Int) {
        self.pending = [start]
        self.seen = [start]
        self.limit = limit
    }

    /// Takes note of a URL, unless it is known.
    mutating func add(_ url: GeminiURL) {
        if self.seen.insert(url).inserted { self.pending.append(url) }
    }

    /// What to look at next, in the order in which they were found; `nil` when there is no more, or was enough.
    mutating func next() -> GeminiURL? {
        guard self.position < self.pending.count, self.position < self.limit else { return nil }
        defer { self.position += 1 }
        return self.pending[self.position]
    }

    mutating func record(_ judgement: TargetCheck.Judgement, of url: GeminiURL) {
        self.judgements[url] = judgement
    }

    /// What is to be said of a link to a URL, with the redirects that it leads through; `nil` if nobody looked there.
    func remarks(on url: GeminiURL) -> [Remark]? {
        var remarks: [Remark] = []
        var url = url
        var passed: Set<GeminiURL> = []
        while passed.insert(url).inserted {
            switch self.judgements[url] {
            case nil: return remarks.isEmpty ? nil : remarks
            case .fine: return remarks
            case .bad(let remark): return remarks + [remark]
            case .redirect(let remark, let target):
                remarks.append(remark)
                guard let target else { return remarks }
                url = target
            }
        }
        return remarks + [Remark(.deadLink, "The redirects lead in a circle.")]
    }
}
