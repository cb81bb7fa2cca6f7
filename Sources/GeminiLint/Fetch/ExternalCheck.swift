import GeminiProtocol

/// A link to another host.
struct ExternalLink: Sendable {
    var url: GeminiURL
    var link: PageLink
    var page: String
}

/// Looks where links to other hosts lead: several hosts at a time, each target once.
struct ExternalCheck {
    /// The most hosts that are asked at the same time.
    private static let width = 8

    private let fetcher: (any PageFetcher)?

    init(_ fetcher: (any PageFetcher)?) {
        self.fetcher = fetcher
    }

    func check(
        _ links: [ExternalLink],
        into report: inout CheckReport,
        _ state: inout CheckProgress,
        _ progress: (CheckProgress) -> Void
    ) async {
        guard let fetcher else {
            report.unchecked += links.count
            return
        }
        var unchecked = links.count
        let byTarget = Dictionary(grouping: links, by: \.url)
        let byHost = Dictionary(grouping: byTarget.keys, by: \.host).values.map { urls in
            urls.sorted { $0.description < $1.description }
        }
        await withTaskGroup(of: [(GeminiURL, [Remark])].self) { group in
            func ask(_ urls: [GeminiURL]) {
                group.addTask {
                    var results: [(GeminiURL, [Remark])] = []
                    for url in urls {
                        let remarks = await TargetCheck(fetcher: fetcher).remarks(on: url)
                        // What comes of a request that was cancelled says nothing.
                        if Task.isCancelled { break }
                        results.append((url, remarks))
                    }
                    return results
                }
            }
            var waiting = byHost[...]
            for _ in 0..<Self.width {
                if let urls = waiting.popFirst() { ask(urls) }
            }
            for await results in group {
                for (url, remarks) in results {
                    state.targets += 1
                    state.current = url.description
                    progress(state)
                    for link in byTarget[url] ?? [] {
                        report.add(remarks, on: link.link, of: link.page)
                        unchecked -= 1
                    }
                }
                if !Task.isCancelled, let urls = waiting.popFirst() { ask(urls) }
            }
        }
        report.unchecked += unchecked
    }
}
