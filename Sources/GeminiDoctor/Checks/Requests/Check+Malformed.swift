extension Check {
    /// `user@` has no place in a request.
    static let userinfo = Check.refusing(
        "userinfo",
        ["GP-044", "DA-04"],
        "A user in the URL is refused",
        theme: .requests,
        what: "A URL with userinfo",
        Refusal(codes: [59], accepted: .violation),
        remedy: "Answer 59 when the authority holds an @."
    ) { examination in
        ["u@", "u:p@", ":p@", "@"].map { Self.line(examination.base(userinfo: $0) + "/") }
    }

    /// Nor has `#part`.
    static let fragment = Check.refusing(
        "fragment",
        ["GP-045", "DA-03"],
        "A fragment in the URL is refused",
        theme: .requests,
        what: "A URL with a fragment",
        Refusal(codes: [59], accepted: .violation),
        remedy: "Answer 59 when the request holds a #: clients keep fragments to themselves."
    ) { examination in
        ["/#x", "/#"].map { Self.line(examination.base + $0) }
    }

    /// What is no absolute URL.
    static let notAbsolute = Check.refusing(
        "not-a-url",
        ["GP-048", "GP-020", "GP-029", "DA-21", "DG-14", "DG-24", "DG-25", "DG-26"],
        "What is no absolute URL is refused",
        theme: .requests,
        what: "A request that is no absolute URL",
        Refusal(codes: [59], accepted: .violation),
        remedy: "Answer 59 to a request without scheme and host."
    ) { examination in
        let authority = examination.base.dropFirst("gemini:".count)
        return [
            "", "/", "\(authority)/", "Hello Gemini!", "GET / HTTP/1.1", "gemini:/x", "gemini:///x", "gemini://::1/",
        ].map { Self.line($0) }
    }

    /// Bytes that are no text.
    static let invalidUTF8 = Check.refusing(
        "invalid-utf-8",
        ["GP-049", "DG-16"],
        "A URL that is not UTF-8 is refused",
        theme: .requests,
        what: "A URL that is not UTF-8",
        Refusal(codes: [59], accepted: .warning),
        remedy: "Answer 59 to a request that is not UTF-8."
    ) { examination in
        [Array((examination.base + "/").utf8) + [0xDC, 0x0D, 0x0A]]
    }

    /// U+FEFF in front.
    static let byteOrderMark = Check.refusing(
        "byte-order-mark",
        ["GP-050"],
        "A request that begins with a byte order mark is refused",
        theme: .requests,
        what: "A request that begins with a byte order mark",
        Refusal(codes: [59], accepted: .warning),
        remedy: "Answer 59 to a request that does not begin with a scheme."
    ) { examination in
        [[0xEF, 0xBB, 0xBF] + Self.line(examination.base + "/")]
    }

    /// What RFC 3986 does not allow in a URL.
    static let invalidCharacters = Check.refusing(
        "invalid-characters",
        ["GP-054"],
        "Spaces, control characters and broken escapes are refused",
        theme: .requests,
        what: "A URL with characters that no URL has",
        Refusal(codes: [59], accepted: .warning),
        remedy: "Answer 59 to spaces, control characters and a % without two hexadecimal digits."
    ) { examination in
        ["/a b", "/a%zz", "/a%4", "/\u{1}", "/a\u{7F}", "/\n"].map { Self.line(examination.base + $0) }
    }
}

extension Examination {
    /// The base with something before the host.
    func base(userinfo: String) -> String {
        "gemini://" + userinfo + self.base.dropFirst("gemini://".count)
    }
}
