public import GeminiFiles
public import GeminiProtocol
public import GeminiServer

/// Checks a capsule in a folder: every page of gemtext in it, and where its links lead, as the server would serve it.
///
/// ```swift
/// let report = try await FolderCheck(path: "capsule", hosts: [Host("example.org")]).run()
/// for finding in report.findings { print(finding) }
/// ```
public struct FolderCheck: Sendable {
    private let path: String
    private let hosts: [Host]
    private let options: Files.Options
    private let external: (any PageFetcher)?

    /// - Parameters:
    ///   - path: the folder.
    ///   - hosts: the names that it is served by: links to them are links within the capsule. The first one is the base
    ///     of relative links.
    ///   - options: as the server has them.
    ///   - external: who asks other hosts; without, links to them are not followed.
    public init(
        path: String,
        hosts: [Host],
        options: Files.Options = Files.Options(),
        external: (any PageFetcher)? = nil
    ) {
        self.path = path
        self.hosts = hosts
        self.options = options
        self.external = external
    }

    /// Checks everything. When the task is cancelled, what was found until then is returned.
    ///
    /// - Parameter progress: is told how far it has come.
    /// - Throws: `FileError` if the folder cannot be read.
    public func run(
        progress: @escaping @Sendable (CheckProgress) -> Void = { _ in }
    ) async throws(FileError) -> CheckReport {
        guard let host = self.hosts.first, let root = try? GeminiURL("gemini://\(host)/") else {
            preconditionFailure("A capsule has a host name")
        }
        let contents = try await FolderContents(path: self.path, root: root)
        let fetcher = FolderFetcher(files: try Files(in: self.path, options: self.options))
        let explanation = Explanation(contents)
        var report = CheckReport()
        var state = CheckProgress()
        var known: [GeminiURL: [Remark]] = [:]
        var external: [ExternalLink] = []

        for url in contents.files where !Task.isCancelled {
            guard case .response(_, let body?) = await fetcher.fetch(url, wantsBody: true) else { continue }
            let page = PageLint(body, page: contents.filePath(of: url))
            report.pages += 1
            report.links += page.links.count
            report.findings += page.findings
            state.pages += 1
            state.current = page.page
            progress(state)

            for link in page.links {
                let (target, remarks) = LinkReader(base: url).read(link.target)
                if case .gemini = target {
                    report.add(remarks, on: link, of: page.page)
                } else if let remark = explanation.schemeLikeName(link, from: url) {
                    report.add([remark], on: link, of: page.page)
                    continue
                } else {
                    report.add(remarks, on: link, of: page.page)
                }
                switch target {
                case .none:
                    continue
                case .other:
                    report.unchecked += 1
                case .gemini(let target) where self.isInternal(target):
                    let local = target.moved(to: root)
                    if known[local] == nil {
                        known[local] = await TargetCheck(fetcher: fetcher).remarks(on: local)
                        state.targets += 1
                    }
                    let remarks = (known[local] ?? []).map { remark in
                        switch remark.rule {
                        case .deadLink: explanation.remark(on: local, of: link, from: url)
                        case .redirect: Remark(.redirect, "This is a folder: a slash at the end saves a redirect.")
                        default: remark
                        }
                    }
                    report.add(remarks, on: link, of: page.page)
                case .gemini(let target):
                    external.append(ExternalLink(url: target, link: link, page: page.page))
                }
            }
        }
        await ExternalCheck(self.external).check(external, into: &report, &state, progress)
        return report.sorted()
    }

    private func isInternal(_ url: GeminiURL) -> Bool {
        url.port == nil && self.hosts.contains { $0.matches(url.host) }
    }
}

extension GeminiURL {
    /// The path and query of this URL at the host of another.
    fileprivate func moved(to root: GeminiURL) -> GeminiURL {
        (try? root.replacing(path: self.path).replacing(query: self.query)) ?? self
    }
}
