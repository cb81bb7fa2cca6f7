public import GeminiProtocol

/// Checks a capsule on its server: follows its links from a page on, as far as they stay on the host.
///
/// ```swift
/// let fetcher = PoliteFetcher(ClientFetcher(client), allows: { await mayAsk($0) })
/// let report = await CapsuleCrawl(start: url, fetcher: fetcher).run()
/// ```
public struct CapsuleCrawl: Sendable {
    private let start: GeminiURL
    private let fetcher: any PageFetcher
    private let maximumPages: Int
    private let followsExternal: Bool

    /// - Parameters:
    ///   - start: where to begin; its host and port are the capsule.
    ///   - fetcher: who asks, at a pace that the host's owner can live with.
    ///   - maximumPages: the most requests to the host.
    ///   - followsExternal: whether it is looked where links to other hosts lead.
    public init(start: GeminiURL, fetcher: any PageFetcher, maximumPages: Int = 1000, followsExternal: Bool = false) {
        self.start = start.withoutFragment
        self.fetcher = fetcher
        self.maximumPages = maximumPages
        self.followsExternal = followsExternal
    }

    /// Checks everything that can be reached. When the task is cancelled, what was found until then is returned.
    ///
    /// - Parameter progress: is told how far it has come.
    public func run(progress: @escaping @Sendable (CheckProgress) -> Void = { _ in }) async -> CheckReport {
        var report = CheckReport()
        var state = CheckProgress()
        var frontier = Frontier(self.start, limit: self.maximumPages)
        var links: [(target: GeminiURL, link: PageLink, page: String)] = []
        var external: [ExternalLink] = []

        while !Task.isCancelled, let url = frontier.next() {
            state.current = url.description
            progress(state)
            let answer = await self.fetcher.fetch(url, wantsBody: true)
            // What comes of a request that was cancelled says nothing.
            if Task.isCancelled { break }
            let judgement = TargetCheck.judge(answer, of: url)
            frontier.record(judgement, of: url)
            state.targets += 1
            if case .redirect(_, let target?) = judgement, self.isInternal(target) { frontier.add(target) }
            guard case .response(let header, let body?) = answer, header.isUTF8 else { continue }

            let page = PageLint(body, page: url.description)
            report.pages += 1
            report.links += page.links.count
            report.findings += page.findings
            state.pages += 1
            for link in page.links {
                let (target, remarks) = LinkReader(base: url).read(link.target)
                report.add(remarks, on: link, of: page.page)
                switch target {
                case .none: continue
                case .other: report.unchecked += 1
                case .gemini(let target) where self.isInternal(target):
                    frontier.add(target)
                    links.append((target, link, page.page))
                case .gemini(let target):
                    external.append(ExternalLink(url: target, link: link, page: page.page))
                }
            }
        }
        if let remark = frontier.remarks(on: self.start)?.first(where: { $0.rule != .redirect }) {
            report.findings.append(Finding(remark.rule, page: self.start.description, line: 1, remark.message))
        }
        for (target, link, page) in links {
            if let remarks = frontier.remarks(on: target) {
                report.add(remarks, on: link, of: page)
            } else {
                report.unchecked += 1
            }
        }
        await ExternalCheck(self.followsExternal ? self.fetcher : nil).check(external, into: &report, &state, progress)
        return report.sorted()
    }

    /// Whether links to a URL are links within the capsule.
    private func isInternal(_ url: GeminiURL) -> Bool {
        url.host.matches(self.start.host) && url.effectivePort == self.start.effectivePort
    }
}

extension ResponseHeader {
    /// Whether the body is in UTF-8, in which links are read (GP-113).
    fileprivate var isUTF8: Bool {
        guard let charset = (try? self.mediaType())?.charset else { return true }
        return ["utf-8", "us-ascii"].contains(charset.lowercased())
    }
}
