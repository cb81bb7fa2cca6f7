@testable import GeminiDoctor

extension FaultCase {
    /// A server that answers the home page to these paths, which it should refuse.
    private static func serving(_ paths: String...) -> Fault {
        .answering { request in request.path.map { paths.contains($0) } == true ? SoundAnswer.home : nil }
    }

    private static func answering(_ text: String, _ answer: String) -> Fault {
        .answering { $0.text.contains(text) ? answer : nil }
    }

    static let requests: [FaultCase] = [
        FaultCase("fragmented-request", .violation, "GP-051", .with(\.terminator, .packet)),
        FaultCase("maximum-url", .violation, "GP-042", .with(\.longestLine, 1022)),
        FaultCase("overlong-url", .violation, "GP-042", tolerant { $0.utf8.count > 1024 }),
        FaultCase("unended-request", .warning, "GP-043", endless),
        FaultCase("userinfo", .violation, "GP-044", answering("@", SoundAnswer.home)),
        FaultCase("userinfo", .warning, "GP-044", answering("@", "51 Not found\r\n")),
        FaultCase("fragment", .violation, "GP-045", serving("/#", "/#x")),
        FaultCase("not-a-url", .violation, "GP-048", .answering { $0.text.hasPrefix("//") ? SoundAnswer.home : nil }),
        FaultCase("not-a-url", .warning, "DG-24", .answering { $0.line.isEmpty ? "53 No\r\n" : nil }),
        FaultCase("not-a-url", .warning, "GP-029", answering("://::1", "")),
        FaultCase("invalid-utf-8", .warning, "GP-049", .answering { $0.line.last == 0xDC ? "51 No\r\n" : nil }),
        FaultCase("byte-order-mark", .warning, "GP-050", .answering { $0.line.first == 0xEF ? "20 a/b\r\n" : nil }),
        FaultCase("invalid-characters", .warning, "GP-054", serving("/a b")),
        FaultCase("invalid-characters", .warning, "GP-054", serving("/a%4")),
        FaultCase("second-request", .violation, "GP-009", .with(\.answersAgain, true)),
        FaultCase("trailing-bytes", .warning, "GP-052", refusingTrailingBytes),
        FaultCase("trailing-flood", .warning, "GP-053", .with(\.leavesBytesUnread, true)),
        FaultCase("bare-line-feed", .violation, "GP-051", .with(\.terminator, .lineFeed)),
        FaultCase("empty-path", .violation, "GP-022", .answering { $0.path == "" ? "31 /\r\n" : nil }),
        FaultCase(
            "explicit-port",
            .violation,
            "DG-13",
            .answering { $0.number > 1 && $0.path == "/" ? "53 No\r\n" : nil }
        ),
        FaultCase("upper-case", .warning, "GP-027", answering("GEMINI", "53 No\r\n")),
        FaultCase("trailing-dot", .warning, "GP-031", answering("localhost.:", "53 No\r\n")),
        FaultCase("query-after-host", .warning, "GP-058", .answering { $0.path == "?q" ? "59 No\r\n" : nil }),
        FaultCase("by-address", .warning, "DG-15", answering("127.0.0.1", "")),
        FaultCase("foreign-host", .violation, "GP-055", answering("wikipedia", SoundAnswer.home)),
        FaultCase("foreign-host", .warning, "GP-180", answering("wikipedia", "20 text/html\r\nWiki")),
        FaultCase("foreign-host", .warning, "DG-20", answering("wikipedia", "59 No\r\n")),
        FaultCase("foreign-port", .warning, "GP-056", answering("localhost:443/", SoundAnswer.home)),
        FaultCase("foreign-scheme", .warning, "GP-057", answering("gopher", SoundAnswer.home)),
        FaultCase("not-found", .warning, "DG-11", answering("09pdsak", "50 No\r\n")),
        FaultCase("dot-segments", .warning, "GP-026", answering("/../", "50 No\r\n")),
        FaultCase("escapes", .warning, "GP-026", answering("%78", "51 No\r\n")),
        FaultCase("above-root", .warning, "GP-059", serving("/../../")),
        FaultCase("above-root", .warning, "DG-27", serving("/../localhost/")),
        FaultCase("header-injection", .violation, "GP-075", answering("%0d%0a20", "31 /\r\n20 x/..\r\n")),
        FaultCase("header-injection", .violation, "GP-075", answering("%1b", "31 /\u{1B}/../\r\n")),
        FaultCase("header-injection", .violation, "GP-130", answering("%20/..", "31 / /../\r\n")),
        FaultCase("traversal", .violation, "GP-060", answering("%2f", "20 text/plain\r\nroot:x:0:0:root:/root\n")),
        FaultCase("traversal", .warning, "GP-060", answering("%00", "42 Crashed\r\n")),
        FaultCase("traversal", .warning, "GP-060", answering("%5c", "")),
        FaultCase("hidden-files", .warning, "DA-24", answering("%2egit/HEAD", "20 text/plain\r\nref: x\n")),
        FaultCase("titan", .violation, "TI-03", answering("size=-1", "20 text/gemini\r\n")),
        FaultCase("titan", .warning, "TI-36", answering("titan:", "")),
    ]

    private static func tolerant(_ condition: @escaping @Sendable (String) -> Bool) -> Fault {
        var fault = Fault.answering { condition($0.text) ? "51 Not found\r\n" : nil }
        fault.longestLine = nil
        return fault
    }

    private static var endless: Fault {
        var fault = Fault.with(\.longestLine, nil)
        fault.patience = nil
        return fault
    }

    /// Answers the home page's request with 59 when it came with more.
    private static var refusingTrailingBytes: Fault {
        var fault = Fault.answering { $0.text.hasSuffix("junk") ? "59 Bad request\r\n" : nil }
        fault.terminator = .packet
        return fault
    }
}
