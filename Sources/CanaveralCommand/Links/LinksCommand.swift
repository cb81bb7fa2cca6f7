import ArgumentParser
import GeminiClient
import GeminiLint
import GeminiServer

/// `canaveral links`
struct LinksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "links",
        abstract: "Check the links and the gemtext of a capsule.",
        discussion: """
            A folder is checked as it would be served: index files, listings, hidden names, letters' case. A URL is \
            crawled, as far as its links stay on the host: one request at a time, a pause between two, and only where \
            robots.txt lets 'researcher' and 'canaveral' in.

            Each finding is one line, as compilers print theirs: page:line:column: level: what is so [rule]. Ends with 1 \
            if one is an error. Control-C ends the check and prints what was found.

            The rules: \(Rule.allCases.map(\.rawValue).joined(separator: ", ")).
            """
    )

    @OptionGroup var options: LinksOptions

    func run() async throws {
        try await Failure.reporting {
            let line = ProgressLine()
            let started = ContinuousClock.now
            var report: CheckReport
            do {
                report = try await Interruption.cancelling {
                    try await self.check { progress in
                        line.show("\(progress.pages) pages, \(progress.targets) targets: \(progress.current)")
                    }
                }
            } catch let error as FileError {
                line.clear()
                throw Failure.configuration("\("\(error)".dropLast()): name a folder that exists and may be read.")
            }
            line.clear()
            report.ignore(self.options.ignoredRules)
            let output = LinksOutput(report, elapsed: ContinuousClock.now - started)
            output.print(json: self.options.json)
            if report.count(.error) > 0 || self.options.strict && report.count(.warning) > 0 { throw ExitCode(1) }
        }
    }

    private func check(_ progress: @escaping @Sendable (CheckProgress) -> Void) async throws -> CheckReport {
        let client = GeminiClient(trust: .none)
        let fetcher = self.fetcher(client)
        switch try self.options.place() {
        case .url(let url):
            // A server that is not there has no robots.txt either, and a crawl would end before it began.
            do throws(ClientError) {
                _ = try await client.stream(url)
            } catch {
                throw Failure.work("\(error)")
            }
            return await CapsuleCrawl(
                start: url,
                fetcher: fetcher,
                maximumPages: self.options.maxPages,
                followsExternal: self.options.external
            ).run(progress: progress)
        case .folder(let path):
            return try await FolderCheck(
                path: path,
                hosts: self.options.hosts(),
                options: self.options.filesOptions(),
                external: self.options.external ? fetcher : nil
            ).run(progress: progress)
        }
    }

    private func fetcher(_ client: GeminiClient) -> PoliteFetcher {
        let robots = RobotsCache(client)
        return PoliteFetcher(ClientFetcher(client), delay: .seconds(self.options.delay)) { url in
            (try? await robots.allows(url, agents: [.researcher, "canaveral"])) ?? false
        }
    }
}
