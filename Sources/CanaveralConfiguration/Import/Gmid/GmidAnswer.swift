import GeminiProtocol

/// What `block return` comes to here: a fixed answer, or a redirect.
struct GmidAnswer {
    enum Translation: Equatable {
        case answer(String)
        /// Another answer in the place of one that cannot be given, and why, in one sentence without its full stop.
        case substitute(String, reason: String)
        /// With a regular expression in the place of the location's pattern, where the target has a part of the path.
        case redirect(regex: String?, target: String, permanent: Bool)
        /// One sentence without its full stop.
        case none(String)
    }

    let translation: Translation

    /// - Parameters:
    ///   - strip: how many names of the path `%p` leaves out.
    ///   - server: what `%N` stands for.
    ///   - port: what `%P` stands for.
    init(_ block: GmidOptions.Block, pattern: GlobPattern, strip: Int, server: String, port: Int) {
        let isRedirect = 30..<40 ~= block.code
        guard !isRedirect || block.code < 32 else {
            self.translation = .none("redirects are 30 or 31 here: choose one, in 'redirect'")
            return
        }
        var meta = block.meta
        // A query goes along by itself.
        if isRedirect, meta.hasSuffix("?%q") { meta.removeLast(3) }
        var pieces: [String?] = [""]
        var rest = meta[...]
        while let character = rest.popFirst() {
            guard character == "%" else {
                pieces[pieces.count - 1]?.append(character)
                continue
            }
            switch rest.popFirst() {
            case "%": pieces[pieces.count - 1]?.append("%")
            case "N": pieces[pieces.count - 1]?.append(server)
            case "P": pieces[pieces.count - 1]?.append("\(port)")
            case "p": pieces += [nil, ""]
            case let other:
                let name = other.map { "%\($0)" } ?? "%"
                self.translation = .none(
                    "'\(name)' has no equal here but at the end, as '?%q': write a location that does without"
                )
                return
            }
        }
        if server.contains("*"), meta.contains("%N") {
            self.translation = .none("'%N' would be one of several names: write a host for each")
        } else if isRedirect, meta.isEmpty {
            self.translation = .none("it names no address to redirect to: write 'redirect' with one")
        } else if isRedirect {
            self.translation = Self.redirect(pieces, pattern, strip: strip, permanent: block.code == 31)
        } else if pieces.contains(nil) {
            self.translation = .none(
                "the path cannot be in an answer: write 'answer' with a text that does without '%p'"
            )
        } else {
            self.translation = Self.answer(block.code, pieces.compactMap { $0 }.joined())
        }
    }

    /// An answer that can be given.
    private static func answer(_ code: Int, _ text: String) -> Translation {
        let answer = text.isEmpty ? "\(code)" : "\(code) \(text)"
        do throws(ValueForm<ResponseHeader>.AnswerProblem) {
            _ = try ValueForm<ResponseHeader>.header(answer)
            return .answer(answer)
        } catch {
            if code == Status.slowDown.code {
                return text.isEmpty
                    ? .substitute(
                        "44 1",
                        reason: "44 tells the seconds to wait, here 1: write the number that is meant"
                    )
                    : .substitute(
                        "41 \(text)",
                        reason:
                            "44 tells the seconds to wait and no more, so it is 41 here: write 44 and a number if that is meant"
                    )
            }
            return .none(
                error.sentence == nil
                    ? "\(code) is no status of Gemini's: write another"
                    : "its text cannot be sent with \(code): write another"
            )
        }
    }

    private static func redirect(
        _ pieces: [String?],
        _ pattern: GlobPattern,
        strip: Int,
        permanent: Bool
    ) -> Translation {
        guard pieces.contains(nil) else {
            let target = RegexText.target(pieces.compactMap { $0 }.joined())
            return .redirect(regex: nil, target: target, permanent: permanent)
        }
        // The path begins with a slash, in gmid too.
        let skipped = String(repeating: "/[^/]*", count: strip)
        let regex: String
        switch pattern.location {
        case .everything:
            regex = "\(skipped)(/.*)"
        case .beneath(let path) where path.split(separator: "/").count >= strip:
            let names = path.split(separator: "/")
            let head = names.prefix(strip).map { "/\(RegexText.literal(String($0)))" }.joined()
            let tail = names.dropFirst(strip).map { "/\(RegexText.literal(String($0)))" }.joined()
            regex = "\(head)(\(tail)/.*)"
        case .exact(let path):
            let names = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(strip + 1)
            let target = Self.joined(pieces, path: "/\(names.joined(separator: "/"))")
            return .redirect(regex: nil, target: RegexText.target(target), permanent: permanent)
        case .matching(let expression) where strip == 0:
            regex = "(\(expression))"
        case .beneath, .matching:
            return .none("what is stripped depends on the path: write 'regex' with groups, and 'redirect' with $1")
        }
        let target = Self.joined(pieces.map { piece in piece.map { RegexText.target($0) } }, path: "$1")
        return .redirect(regex: regex, target: target, permanent: permanent)
    }

    /// The pieces with the path between them, one slash where both have one.
    private static func joined(_ pieces: [String?], path: String) -> String {
        pieces.reduce(into: "") { text, piece in
            if piece == nil, text.hasSuffix("/"), !text.hasSuffix("://") { text.removeLast() }
            text += piece ?? path
        }
    }
}
