public import GeminiProtocol

/// The rules of a `robots.txt`: what programs should leave alone (RB-01 to RB-07).
///
/// ```swift
/// let rules = RobotsRules(parsing: "User-agent: indexer\nDisallow: /drafts/\n")
/// rules.allows(try GeminiURL("gemini://h/drafts/1"), agents: [.indexer])     // false
/// rules.allows(try GeminiURL("gemini://h/drafts/1"), agents: [.archiver])    // true
/// ```
///
/// The format is the one of 1994: `User-agent:` begins a group or adds a name to it, `Disallow:` gives the beginning of
/// paths, and every other line means nothing. An `Allow:` in particular does not, so that a parser of RFC 9309 would go
/// where it should not (RB-03, DA-40).
public struct RobotsRules: Sendable, Hashable {
    /// The beginnings of paths that each group disallows. Of a group there is one however many names share it, so that a
    /// file costs no more than its size.
    private var groups: [[[UInt8]]] = []
    /// The groups of an agent; `*` stands for those that are not named. What is empty allows everything.
    private var groupsByName: [String: Set<Int>] = [:]

    /// The most bytes of a `robots.txt` that count, as RFC 9309 §2.5 has it.
    public static let maximumSize = 500 * 1024

    /// No rules: everything is allowed.
    public static let unrestricted = RobotsRules()

    /// Nothing is allowed, as long as nobody knows better.
    public static let forbidden: RobotsRules = {
        var rules = RobotsRules()
        rules.groups = [[[UInt8(ascii: "/")]]]
        rules.groupsByName["*"] = [0]
        return rules
    }()

    private init() {}

    /// Reads the rules. There is no wrong text: what is no rule means nothing.
    public init(parsing text: some StringProtocol) {
        self.init(parsing: Array(text.utf8).span)
    }

    /// Reads the rules in bytes from outside.
    public init(parsing bytes: Span<UInt8>) {
        let text = (0..<min(bytes.count, Self.maximumSize)).map { bytes[$0] }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let lines = text.dropFirst(text.starts(with: mark) ? mark.count : 0)
            .split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }

        var takesNames = false
        for line in lines {
            switch RobotsLine(line) {
            case .userAgent(let name):
                // Names one after the other share what follows.
                if !takesNames { self.groups.append([]) }
                takesNames = true
                self.groupsByName[name, default: []].insert(self.groups.count - 1)
            case .disallow(let path):
                takesNames = false
                // A rule before the first name is nobody's.
                guard !path.isEmpty, !self.groups.isEmpty else { continue }
                self.groups[self.groups.count - 1].append(Self.decoded(path))
            case .other:
                takesNames = false
            case .nothing:
                continue
            }
        }
    }

    /// Whether a program may ask for a URL.
    ///
    /// - Parameters:
    ///   - url: what it is about to ask for; path and query count, as they are when decoded (RB-07).
    ///   - agents: all that the program is. For each of them the rules under its name count, or those for `*` where it
    ///     has none, and the strictest decides (RB-05, RB-06). None is as good as one that no rule names.
    public func allows(_ url: GeminiURL, agents: Set<RobotsAgent>) -> Bool {
        let subject = Self.decoded(Array((url.path + (url.query.map { "?" + $0 } ?? "")).utf8))
        let names = agents.isEmpty ? ["*"] : agents.map(\.name)
        return names.allSatisfy { name in
            let groups = self.groupsByName[name] ?? self.groupsByName["*"] ?? []
            return !groups.contains { group in self.groups[group].contains { subject.starts(with: $0) } }
        }
    }

    /// Decodes escapes, but for `%2F`, which is no slash. A malformed escape stays as it is.
    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "%")) else { return bytes }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = Self.digit(bytes[index + 1]), let low = Self.digit(bytes[index + 2])
            {
                let byte = high << 4 | low
                decoded += byte == UInt8(ascii: "/") ? Array("%2F".utf8) : [byte]
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
