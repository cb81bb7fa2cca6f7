extension GmidReader {
    /// What cannot be a string without quotes.
    private static let keywords: Set<String> = [
        "access", "alias", "auto", "block", "ca", "cert", "cgi", "chroot", "client", "default", "entrypoint", "env",
        "facility", "fastcgi", "for-host", "include", "index", "ipv6", "key", "lang", "listen", "location", "log",
        "map",
        "mime", "ocsp", "off", "on", "param", "port", "prefork", "proto", "protocols", "proxy", "proxy-v1", "relay-to",
        "require", "return", "root", "server", "sni", "socket", "spawn", "strip", "style", "syslog", "tcp", "to-ext",
        "type", "types", "use-tls", "user", "verifyname",
    ]

    /// Passes over ends of lines, and over semicolons between options.
    mutating func skipSeparators() throws(ImportError) {
        while let token = try self.peek(), token.kind == .newline || token.kind == .symbol(";") { try self.take() }
    }

    /// Takes the word if it is the next one.
    mutating func takes(_ word: String) throws(ImportError) -> Bool {
        guard try self.peek()?.kind == .word(word) else { return false }
        try self.take()
        return true
    }

    mutating func takes(symbol: Character) throws(ImportError) -> Bool {
        guard try self.peek()?.kind == .symbol(symbol) else { return false }
        try self.take()
        return true
    }

    mutating func expect(_ word: String, after option: String) throws(ImportError) {
        guard try self.takes(word) else { throw try self.unexpected("'\(word)'", after: option) }
    }

    mutating func expect(symbol: Character, after option: String) throws(ImportError) {
        guard try self.takes(symbol: symbol) else { throw try self.unexpected("'\(symbol)'", after: option) }
    }

    /// Strings beside one another, as one.
    mutating func string(after option: String) throws(ImportError) -> Located<String> {
        guard let first = try self.stringPart(isFirst: true) else {
            throw try self.unexpected("a string", after: option)
        }
        var string = first
        while let part = try self.stringPart(isFirst: false) { string.value += part.value }
        return string
    }

    /// One word or string, whatever is beside it.
    mutating func part(after option: String) throws(ImportError) -> Located<String> {
        guard let part = try self.stringPart(isFirst: true) else {
            throw try self.unexpected("a string", after: option)
        }
        return part
    }

    mutating func stringIfAny() throws(ImportError) -> Located<String>? {
        guard var string = try self.stringPart(isFirst: true) else { return nil }
        while let part = try self.stringPart(isFirst: false) { string.value += part.value }
        return string
    }

    private mutating func stringPart(isFirst: Bool) throws(ImportError) -> Located<String>? {
        guard let token = try self.peek() else { return nil }
        let text: String
        switch token.kind {
        case .quoted(let string): text = string
        case .value(let name): text = try self.expanded(name, at: token.place)
        case .word(let word) where !Self.keywords.contains(word): text = word
        default: return nil
        }
        try self.take()
        return Located(value: text, place: token.place)
    }

    mutating func boolean(after option: String) throws(ImportError) -> Located<Bool> {
        for (word, value) in [("on", true), ("off", false)] where try self.takes(word) {
            return Located(value: value, place: self.place)
        }
        throw try self.unexpected("'on' or 'off'", after: option)
    }

    mutating func number(after option: String) throws(ImportError) -> Located<Int> {
        guard let token = try self.peek() else { throw try self.unexpected("a number", after: option) }
        let text: String
        switch token.kind {
        case .word(let word): text = word
        case .quoted(let string): text = string
        case .value(let name): text = try self.expanded(name, at: token.place)
        default: throw try self.unexpected("a number", after: option)
        }
        guard let number = Int(text) else { throw try self.unexpected("a number", after: option) }
        try self.take()
        return Located(value: number, place: token.place)
    }

    /// A port by number or, as one has, by the name of its service.
    mutating func port(after option: String) throws(ImportError) -> Int {
        if case .quoted("gemini") = try self.peek()?.kind {
            try self.take()
            return 1965
        }
        let port = try self.number(after: option)
        guard 0...65_535 ~= port.value else {
            throw .syntax(port.place, "\(port.value) is no port: it takes a number from 0 to 65535")
        }
        return port.value
    }

    func duplicate(_ option: String) -> ImportError {
        .syntax(self.place, "'\(option)' stands here a second time: leave one out")
    }

    mutating func unexpected(_ expectation: String, after option: String) throws(ImportError) -> ImportError {
        guard let token = try self.peek() else {
            return .syntax(self.place, "the file ends where '\(option)' needs \(expectation)")
        }
        return .syntax(token.place, "'\(option)' needs \(expectation), not \(token.text)")
    }
}
