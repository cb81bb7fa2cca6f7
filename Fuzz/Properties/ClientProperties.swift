import GeminiClient
import GeminiProtocol

/// What holds for every `robots.txt`.
///
/// Stops the process when something does not hold.
package func checkRobotsProperties(_ input: [UInt8]) {
    let rules = RobotsRules(parsing: input.span)
    precondition(rules == RobotsRules(parsing: input.span), "the same text gives different rules")

    // Rules only ever take away, and more of them never give back.
    let agents: [RobotsAgent] = [.archiver, .indexer, .researcher, .webproxy, "crawler"]
    let more = RobotsRules(parsing: (input + Array("\nUser-agent: crawler\nDisallow: /x\n".utf8)).span)
    for text in paths(input) {
        guard let url = try? GeminiURL("gemini://h\(text)") else { continue }
        let each = agents.map { rules.allows(url, agents: [$0]) }
        precondition(
            rules.allows(url, agents: Set(agents)) == each.allSatisfy { $0 },
            "several agents are not as restricted as the most restricted of them at \(url)"
        )
        if input.count < RobotsRules.maximumSize - 64, url.path.hasPrefix("/x") {
            precondition(!more.allows(url, agents: ["crawler"]), "a rule at the end has no effect at \(url)")
        }
        precondition(RobotsRules.unrestricted.allows(url, agents: Set(agents)))
        precondition(!RobotsRules.forbidden.allows(url, agents: Set(agents)))
    }
}

/// Some paths of its own, and those that the text names.
private func paths(_ input: [UInt8]) -> [String] {
    let named = String(decoding: input.prefix(512), as: UTF8.self).split { $0.isWhitespace || $0 == ":" }
    return ["/", "/x", "/x/y?z", "/%2Fx"] + named.prefix(16).map { $0.hasPrefix("/") ? String($0) : "/\($0)" }
}

/// What holds for every response that a client may take for a redirect, the way from its bytes to the next request.
///
/// Stops the process when something does not hold.
package func checkRedirectProperties(_ input: [UInt8]) {
    for start in ["gemini://h/a/b?q#f", "titan://h/a", "gemini://[::1]:7/"] {
        guard let url = try? GeminiURL(start) else { preconditionFailure("\(start) is a URL") }
        var chain = RedirectChain(url, limit: 5)
        // Each line is the next answer.
        for line in input.split(separator: UInt8(ascii: "\n"), maxSplits: 7) {
            let bytes = Array(line) + Array("\r\n".utf8)
            guard let received = try? ResponseHeader.parse(bytes.span), received.header.status.group == .redirect,
                let target = received.header.meta?.text
            else { continue }
            check(&chain, target, from: url)
        }
    }
}

private func check(_ chain: inout RedirectChain, _ target: String, from start: GeminiURL) {
    let before = chain
    do throws(RedirectError) {
        switch try chain.redirect(to: target, isPermanent: false) {
        case .follow(let next):
            precondition(next == chain.url && chain.redirects.last?.target == next)
            precondition(chain.redirects.last?.source == before.url)
            precondition(chain.redirects.count == before.redirects.count + 1 && chain.redirects.count <= 5)
            precondition(next.scheme == start.scheme, "a redirect to another scheme is followed: \(next)")
            guard let line = try? RequestLine(next, titan: next.scheme == "titan" ? .edit : nil) else {
                preconditionFailure("a redirect that is followed makes no request: \(next)")
            }
            precondition(line.text.utf8.count <= RequestLine.maximumLength && !line.text.contains("#"))
            precondition(line.url.host == next.host, "the request is for another host than the connection")
        case .otherScheme(let reference):
            precondition(reference.scheme != start.scheme && chain.redirects == before.redirects)
        case .tooMany:
            precondition(before.redirects.count == 5 && chain.redirects.count == 5)
        }
    } catch {
        precondition(chain.url == before.url && chain.redirects == before.redirects, "an error changes the chain")
        precondition(
            error.description.last == "." && error.description.utf8.allSatisfy { (0x20...0x7E).contains($0) },
            "an error is not printable: \(error)"
        )
    }
}
