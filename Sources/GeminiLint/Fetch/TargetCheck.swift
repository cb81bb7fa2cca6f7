import GeminiProtocol

/// Follows a link to its end, and says what is to be said about it.
struct TargetCheck {
    /// The most redirects that a client follows (GP-136).
    private static let maximumRedirects = 5

    let fetcher: any PageFetcher

    func remarks(on url: GeminiURL) async -> [Remark] {
        var url = url
        var seen: Set<GeminiURL> = []
        var remarks: [Remark] = []
        while seen.insert(url).inserted {
            guard seen.count <= Self.maximumRedirects + 1 else {
                return remarks + [Remark(.deadLink, "There are more than \(Self.maximumRedirects) redirects.")]
            }
            switch Self.judge(await self.fetcher.fetch(url, wantsBody: false), of: url) {
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

    enum Judgement {
        case fine
        case bad(Remark)
        /// The target is `nil` where there is nothing to follow.
        case redirect(Remark, GeminiURL?)
    }

    static func judge(_ answer: FetchAnswer, of url: GeminiURL) -> Judgement {
        switch answer {
        case .unreachable(let reason):
            return .bad(Remark(.unreachable, reason))
        case .forbidden:
            return .bad(
                Remark(.robots, "The robots.txt of \(url.host) asks programs to stay away: it was not looked at.")
            )
        case .response(let header, _):
            let said = "\(header.status.code)" + (header.meta.map { " \($0.text)" } ?? "")
            switch header.status.group {
            case .success, .input, .clientCertificate: return .fine
            case .temporaryFailure: return .bad(Remark(.temporaryFailure, "The server answers \(said)."))
            case .permanentFailure: return .bad(Remark(.deadLink, "The server answers \(said)."))
            case .redirect: return Self.redirect(header, of: url)
            }
        }
    }

    private static func redirect(_ header: ResponseHeader, of url: GeminiURL) -> Judgement {
        let text = header.meta?.text ?? ""
        guard let reference = try? URIReference(lenient: text).resolved(against: url.reference) else {
            return .bad(Remark(.deadLink, "The server redirects to '\(text)', which is no address."))
        }
        let target = try? GeminiURL(reference).withoutFragment
        let duration = header.status.equivalent == .permanentRedirect ? "for good" : "for now"
        let remark = Remark(
            .redirect,
            "The server redirects \(duration) to \(target?.description ?? reference.description)."
        )
        return .redirect(remark, target?.scheme == "gemini" ? target : nil)
    }
}
