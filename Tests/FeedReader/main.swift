import Foundation
import GeminiClient
import GeminiFeeds
import GeminiProtocol

struct Visit {
    var address: String?
    var feed: Feed?
    var problem: (any Error)?
    var failure: Failure? { if case ClientError.failed(let failure)? = self.problem { failure } else { nil } }

    init(_ gemlog: String, with client: GeminiClient) async {
        self.address = gemlog
        do {
            let page = try await client.fetch(GeminiURL(lenient: gemlog), retrying: RetryPolicy()).get()
            let time = page.exchange.server.time
            self.feed = try Feed(parsing: page.body, type: page.mediaType, at: page.url, fetched: time)
            self.address = page.exchange.permanentURL.description
        } catch {
            self.problem = error
            if let failure, failure.status == .gone, failure.url == failure.exchange.permanentURL { self.address = nil }
        }
    }
}

let path = CommandLine.arguments.dropFirst().first ?? "gemlogs.txt"
let gemlogs = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
let client = GeminiClient(trust: .trustOnFirstUse(try .standard()))
var visits: [String: Visit] = [:]
await withTaskGroup(of: [String: Visit].self) { group in
    for neighbours in Dictionary(grouping: gemlogs, by: { try? GeminiURL(lenient: $0).host }).values {
        group.addTask {
            var visits: [String: Visit] = [:]
            for gemlog in neighbours where visits.values.allSatisfy({ $0.failure?.retryDelay == nil }) {
                visits[gemlog] = await Visit(gemlog, with: client)
            }
            return visits
        }
    }
    for await some in group { visits.merge(some) { $1 } }
}
let news = visits.values.compactMap(\.feed).flatMap { feed in feed.entries.map { (feed.title ?? feed.id, $0) } }
var page = Gemtext()
for (title, entry) in news.sorted(by: { ($1.1.updated, $0.1.id) < ($0.1.updated, $1.1.id) }).prefix(20) {
    page.link(entry.link.description, "\(entry.updated.date) \(title): \(entry.title)")
}
page.list(gemlogs.compactMap { gemlog in visits[gemlog]?.problem.map { "\(gemlog): \($0)" } })
print(page, terminator: "")
let followed = gemlogs.compactMap { visits[$0].map(\.address) ?? $0 }
if followed != gemlogs { try followed.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8) }
