/// Paths of a server, and what gmid does for all of them.
///
/// gmid looks for each option on its own: that of the first location which matches and has it, else the server's. Here one
/// location answers, so that each gets what those that match all of its paths would give it.
struct GmidPlace {
    /// Who answers there.
    enum Action {
        case files
        case block(Located<GmidOptions.Block>)
        case fastCGI(Located<GmidOptions.FastCGI>)
        /// The programs of version 1.
        case program(Located<String>)
    }

    let pattern: GlobPattern
    /// What else its paths match.
    private var common: GlobPattern?
    /// The pattern as it is written.
    let text: String
    let place: SourcePlace
    let server: GmidServer
    var options: GmidOptions
    /// What else matches some of its paths, and answers for those.
    var exceptions: [GlobPattern] = []

    init(_ text: String, at place: SourcePlace, of server: GmidServer) {
        self.pattern = GlobPattern(text)
        self.text = text
        self.place = place
        self.server = server
        self.options = Self.options(of: server, coveringAny: [self.pattern])
    }

    /// The options of a server's locations that hold for all paths that several patterns have in common.
    private static func options(of server: GmidServer, coveringAny patterns: [GlobPattern]) -> GmidOptions {
        let covering = server.locations.filter { location in
            patterns.contains { location.paths.covers($0) }
        }
        func first<Value>(_ path: KeyPath<GmidOptions, Located<Value>?>) -> Located<Value>? {
            covering.lazy.compactMap { $0.options[keyPath: path] }.first
        }
        return GmidOptions(
            listing: first(\.listing),
            block: first(\.block),
            defaultType: first(\.defaultType),
            fastCGI: first(\.fastCGI),
            index: first(\.index),
            language: first(\.language),
            log: first(\.log),
            clientAuthority: first(\.clientAuthority),
            root: first(\.root),
            strip: first(\.strip)
        )
    }

    /// What gmid does for the paths that this and another place have in common.
    func common(with other: GmidPlace) -> GmidPlace {
        var place = self
        place.common = other.pattern
        place.options = Self.options(of: self.server, coveringAny: [self.pattern, other.pattern])
        return place
    }

    /// The places of a server, those of its locations first.
    static func all(of server: GmidServer) -> [GmidPlace] {
        var places: [GmidPlace] = []
        func add(_ text: String, _ place: SourcePlace) {
            let place = GmidPlace(text, at: place, of: server)
            guard !places.contains(where: { $0.pattern.location == place.pattern.location }) else { return }
            // What programs answer is theirs alone to label.
            if case .program = place.action, case .exact = place.pattern.location,
                place.options.clientAuthority == nil
            {
                return
            }
            places.append(place)
        }
        for location in server.locations { add(location.pattern.value, location.pattern.place) }
        if let cgi = server.cgi { add(Self.programPattern(cgi.value), cgi.place) }
        let options = server.options
        if options.block != nil || options.fastCGI != nil || (options.strip?.value ?? 0) > 0 {
            add("*", server.name.place)
        }
        return places
    }

    /// What `cgi` matches: a path has its slash, with or without one in the option.
    private static func programPattern(_ text: String) -> String {
        text.hasPrefix("/") || text.hasPrefix("*") ? text : "/\(text)"
    }

    var root: Located<String>? { self.options.root ?? self.server.options.root }
    var strip: Int { (self.options.strip ?? self.server.options.strip)?.value ?? 0 }

    var action: Action {
        if let block = self.options.block ?? self.server.options.block { return .block(block) }
        if let fastCGI = self.options.fastCGI ?? self.server.options.fastCGI {
            if case .off = fastCGI.value { return self.programs ?? .files }
            return .fastCGI(fastCGI)
        }
        return self.programs ?? .files
    }

    private var programs: Action? {
        guard let cgi = self.server.cgi else { return nil }
        let programs = GlobPattern(Self.programPattern(cgi.value))
        return programs.covers(self.pattern) || self.common.map(programs.covers) ?? false ? .program(cgi) : nil
    }

    /// What those see who ask, for comparison.
    var outcome: String {
        switch self.action {
        case .files: "files \(self.root?.value ?? "") \(self.strip)"
        case .block(let block): "block \(block.value.code) \(block.value.meta) \(self.strip)"
        case .fastCGI(let fastCGI): "fastcgi \(fastCGI.value)"
        case .program: "program \(self.root?.value ?? "")"
        }
    }

    /// Whether it does for certain paths what gmid does.
    func does(_ other: GmidPlace) -> Bool {
        self.outcome == other.outcome && (self.options.clientAuthority != nil || other.options.clientAuthority == nil)
    }

    /// A redirect with the path in its target, which takes a regular expression here.
    func answer(port: Int) -> GmidAnswer? {
        guard case .block(let block) = self.action else { return nil }
        return GmidAnswer(
            block.value,
            pattern: self.pattern,
            strip: self.strip,
            server: self.server.name.value,
            port: self.server.listens.first?.value.port ?? port
        )
    }

    /// To stand in front of the regular expression of its paths.
    var exclusion: String {
        let folders: [String] = self.exceptions.compactMap { pattern in
            if case .beneath(let path) = pattern.location { path } else { nil }
        }
        let others: [String] = self.exceptions.compactMap { pattern in
            if case .matching(let regex) = pattern.location { "(?!\(regex)$)" } else { nil }
        }
        return RegexText.exclusion(of: folders) + others.joined()
    }
}
