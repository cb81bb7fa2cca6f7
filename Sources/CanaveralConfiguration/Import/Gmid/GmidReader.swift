/// The words of a gmid.conf one after the other, with macros expanded and included files in their places.
struct GmidReader {
    /// Files within files, and macros within macros, at most.
    private static let maximumDepth = 16

    /// Words to come, the last source first.
    private var sources: [ArraySlice<GmidToken>]
    private var macros: [String: String] = [:]
    /// Bytes of files and macros that have been read.
    private var read = 0
    private let site: ImportSite
    private var last: SourcePlace

    init(file: String, at site: ImportSite) throws(ImportError) {
        self.site = site
        self.last = SourcePlace(file: file, line: 1)
        self.sources = []
        let text = try site.text(ofFile: file)
        self.read = text.utf8.count
        self.sources = [try GmidLexer.tokens(of: text, file: file)[...]]
    }

    /// Where the word stands that was taken last.
    var place: SourcePlace { self.last }

    /// How many files and macros the next word is within.
    var depth: Int { self.sources.count }

    /// The next word, which stays; macros in place are expanded.
    mutating func peek() throws(ImportError) -> GmidToken? {
        while let source = self.sources.last {
            guard let token = source.first else {
                // The end of an included file ends a line, the end of all stays the end.
                guard self.sources.count > 1 else { return nil }
                self.sources.removeLast()
                continue
            }
            guard case .expansion(let name) = token.kind else { return token }
            self.sources[self.sources.count - 1].removeFirst()
            let text = try self.expanded(name, at: token.place)
            try self.push(try GmidLexer.tokens(of: text, file: token.place.file, line: token.place.line), token.place)
        }
        return nil
    }

    /// The word after the next, of the same file.
    mutating func peekSecond() throws(ImportError) -> GmidToken? {
        guard try self.peek() != nil else { return nil }
        return self.sources.last?.dropFirst().first
    }

    @discardableResult
    mutating func take() throws(ImportError) -> GmidToken? {
        guard let token = try self.peek() else { return nil }
        self.sources[self.sources.count - 1].removeFirst()
        self.last = token.place
        return token
    }

    mutating func include(_ file: Located<String>) throws(ImportError) {
        let text: String
        do {
            text = try self.site.text(ofFile: file.value)
        } catch .file(let path, let reason) {
            throw .syntax(file.place, "the included file \(path) \(reason)")
        }
        try self.count(text, at: file.place)
        let tokens = try GmidLexer.tokens(of: text, file: file.value)
        let end = GmidToken(kind: .newline, place: file.place)
        try self.push(tokens + [end], file.place)
    }

    mutating func define(_ name: String, as value: String) {
        self.macros[name] = value
    }

    func macro(_ name: String, at place: SourcePlace) throws(ImportError) -> String {
        guard let value = self.macros[name] else {
            throw .syntax(place, "there is no macro '\(name)': define it above, as in \(name) = \"…\"")
        }
        return value
    }

    /// What a macro stands for, which counts each time.
    mutating func expanded(_ name: String, at place: SourcePlace) throws(ImportError) -> String {
        let text = try self.macro(name, at: place)
        try self.count(text, at: place)
        return text
    }

    /// Counts a text that is to be read: macros of macros can stand for more than any memory holds.
    private mutating func count(_ text: String, at place: SourcePlace) throws(ImportError) {
        self.read += text.utf8.count
        guard self.read <= self.site.maximumText else {
            throw .syntax(
                place,
                "files and macros are more than \(self.site.maximumText >> 20) MiB together: include less"
            )
        }
    }

    private mutating func push(_ tokens: [GmidToken], _ place: SourcePlace) throws(ImportError) {
        guard self.sources.count < Self.maximumDepth else {
            throw .syntax(place, "files and macros are within one another more than \(Self.maximumDepth) deep")
        }
        self.sources.append(tokens[...])
    }
}
