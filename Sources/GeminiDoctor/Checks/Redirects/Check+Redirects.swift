import GeminiProbe
import GeminiProtocol

extension Check {
    static let redirects = [folderRedirect, redirectChains]

    /// Folders without their slash.
    static let folderRedirect = Check(
        "folder-redirect",
        ["GP-142", "GP-133", "DA-23"],
        "A folder without its slash leads to the one with it",
        theme: .redirects
    ) { examination, home throws(ProbeError) in
        var findings: [Finding] = []
        for folder in examination.linkedPages(in: home) where folder.path.hasSuffix("/") && folder.path != "/" {
            guard try examination.ask(folder.description).status == .success else { continue }
            let url = String(folder.description.dropLast())
            let exchange = try examination.ask(url)
            let remedy =
                "Redirect with 31 to the same URL with a slash, so that relative links lead to the right place."
            guard exchange.status?.group == .redirect else {
                findings.append(
                    Finding(
                        .warning,
                        rows: ["GP-142"],
                        "A folder without its slash is answered with \(exchange.outcome).",
                        exchange,
                        remedy: remedy
                    )
                )
                continue
            }
            if exchange.meta.flatMap({ try? GeminiURL(url).resolving($0) }) != folder {
                findings.append(
                    Finding(
                        .warning,
                        rows: ["GP-142"],
                        "A folder's redirect leads elsewhere.",
                        exchange,
                        remedy: remedy
                    )
                )
            }
            let withQuery = try examination.ask(url + "?q")
            if withQuery.status?.group == .redirect, withQuery.meta?.hasSuffix("?q") != true {
                findings.append(.note("A folder's redirect drops the query.", sent: url + "?q"))
            }
            break
        }
        return findings
    }

    /// Redirects that were seen lead somewhere.
    static let redirectChains = Check(
        "redirect-chains",
        ["GP-136", "GP-130"],
        "Redirects come to an end",
        theme: .redirects,
        pace: .last
    ) { examination, _ throws(ProbeError) in
        var seen: Set<String> = []
        var findings: [Finding] = []
        for exchange in examination.exchanges where exchange.status?.group == .redirect {
            let line = String(decoding: exchange.request.prefix { $0 != 0x0D }, as: UTF8.self)
            guard seen.count < 8, let first = try? GeminiURL(line), seen.insert(exchange.meta ?? "").inserted else {
                continue
            }
            var url = first
            var next = exchange
            var hops = 0
            while next.status?.group == .redirect, let target = next.meta, hops <= 5,
                let resolved = try? url.resolving(target), resolved.scheme == "gemini", resolved.host == first.host,
                resolved.effectivePort == first.effectivePort
            {
                hops += 1
                url = resolved.withoutFragment
                next = try examination.ask(url.description)
            }
            guard hops > 5 else { continue }
            findings.append(
                Finding(
                    .violation,
                    "A redirect leads to more than five others.",
                    exchange,
                    remedy: "Redirect to the final URL at once, and never back."
                )
            )
        }
        return findings
    }
}

extension Examination {
    /// Pages of this server that the home page links to.
    func linkedPages(in home: Home) -> [GeminiURL] {
        guard home.status == .success, let base = try? GeminiURL(self.base + "/") else { return [] }
        let text = String(decoding: home.exchange.body, as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).compactMap { line -> GeminiURL? in
            guard line.hasPrefix("=>") else { return nil }
            let target = line.dropFirst(2).drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
            guard let url = try? base.resolving(String(target)).withoutFragment, url.host == base.host,
                url.effectivePort == base.effectivePort, url.scheme == base.scheme
            else { return nil }
            return url
        }
    }
}
