import GeminiProbe
import GeminiProtocol

extension Check {
    /// Spellings of a path out of the root to a file that every Unix has and that is no secret.
    private static let ways: [String] = {
        let climbs = [
            "../", "%2e%2e/", "..%2f", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e/", "..%252f", "%c0%ae%c0%ae/", ".../",
            "x/../../",
        ]
        return climbs.map { "/" + String(repeating: $0, count: 8) + "etc/passwd" }
            + [
                "//etc/passwd", "/%2fetc/passwd", "/./../../../../../../etc/passwd",
                "/../../../../../../etc/passwd%00.gmi",
            ]
    }()

    /// Nothing outside of the root is served.
    static let traversal = Check(
        "traversal",
        ["GP-060", "GP-059"],
        "No spelling of a path leads out of the root",
        theme: .paths,
        isGentle: false
    ) { examination, _ throws(ProbeError) in
        var findings: [Finding] = []
        for way in Self.ways {
            let exchange = try examination.ask(examination.base + way)
            let body = String(decoding: exchange.body, as: UTF8.self)
            if body.contains("root:") && body.contains(":0:0:") {
                findings.append(
                    Finding(
                        .violation,
                        "Files outside of what is served can be read.",
                        sent: exchange.sentText,
                        received: "\(exchange.outcome) and the machine's /etc/passwd",
                        remedy: "Stop the server. Decode each segment once, then open beneath the root (openat2)."
                    )
                )
            } else if way.hasSuffix("%00.gmi"), exchange.status.map({ $0.group == .temporaryFailure }) ?? true {
                findings.append(
                    Finding(
                        .warning,
                        rows: ["GP-060"],
                        "A NUL in the path is answered with \(exchange.outcome).",
                        exchange,
                        remedy: "Answer 59 to %00."
                    )
                )
            } else if exchange.status == nil {
                findings.append(
                    Finding(
                        .warning,
                        "A path that leads out of the root is answered with \(exchange.outcome).",
                        exchange,
                        remedy: "Answer 51: a client should get a reason."
                    )
                )
            }
        }
        return findings
    }

    /// Files that are there for others than readers.
    static let hiddenFiles = Check(
        "hidden-files",
        ["DA-24"],
        "Hidden files are not served",
        theme: .paths,
        isGentle: false
    ) { examination, _ throws(ProbeError) in
        var findings: [Finding] = []
        for name in [".git/HEAD", ".git/config", ".gitignore", ".env", ".meta", ".molly", ".ssh/known_hosts"] {
            for path in ["/" + name, "/%2e" + name.dropFirst()] {
                let exchange = try examination.ask(examination.base + path)
                guard exchange.status == .success else { continue }
                findings.append(
                    Finding(
                        .warning,
                        "A hidden file is served.",
                        exchange,
                        remedy:
                            "Answer 51 to every name that begins with a dot, after decoding it, whether it exists or not."
                    )
                )
            }
        }
        // A server with a page for every path has no hidden files.
        let nothing = try examination.ask(examination.base + "/09pdsakjo73hjn12id78")
        return nothing.status == .success ? [] : findings
    }
}
