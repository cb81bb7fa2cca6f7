import GeminiProtocol

/// A template of a path, cut into what its segments match.
struct PathPattern: Sendable {
    enum Segment: Sendable, Hashable {
        /// A segment of this percent-encoded text.
        case literal(String)
        case parameter(name: String, type: String?)
        /// Whatever follows, be it nothing.
        case rest
    }

    /// The template as it was written.
    let text: String
    private(set) var segments: [Segment] = []
    /// What is wrong with the template: half a sentence.
    private(set) var fault: String?

    init(_ text: String) {
        self.text = text
        guard text.first == "/" else {
            self.fault = "does not begin with a slash"
            return
        }
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            switch Self.segment(part) {
            case .rest? where index < parts.count - 1:
                self.fault = "has '**' before its end"
            case .literal("")? where index < parts.count - 1:
                self.fault = "has an empty segment"
            case .literal(".")?, .literal("..")?:
                self.fault = "has a dot segment, which no request's path has"
            case let segment?:
                self.segments.append(segment)
            case nil:
                self.fault = "has the segment '\(part)': a parameter is a whole segment, such as {name} or {page: Int}"
            }
        }
        let names = self.parameterNames
        if Set(names).count < names.count { self.fault = "has two parameters of one name" }
    }

    private init(text: String, segments: [Segment], fault: String?) {
        self.text = text
        self.segments = segments
        self.fault = fault
    }

    private static func segment(_ part: Substring) -> Segment? {
        if part == "**" { return .rest }
        guard part.contains("{") || part.contains("}") else {
            return .literal(PercentEncoding.encode(segment: String(part)))
        }
        guard part.first == "{", part.last == "}" else { return nil }
        let words = part.dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false)
        let trimmed = words.map { $0.filter { $0 != " " } }
        guard (1...2).contains(trimmed.count), trimmed.allSatisfy(Self.isName) else { return nil }
        return .parameter(name: trimmed[0], type: trimmed.count > 1 ? trimmed[1] : nil)
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    var parameterNames: [String] {
        self.segments.compactMap { if case .parameter(let name, _) = $0 { name } else { nil } }
    }

    /// The pattern beneath another, as in a group: `/a` and `/b` are `/a/b`, and `/a` and `/` are `/a/`.
    func prefixed(by prefix: PathPattern) -> PathPattern {
        guard prefix.text != "/" else { return self }
        let open = prefix.segments.last == .literal("") ? prefix.segments.dropLast() : prefix.segments[...]
        let text = prefix.text.last == "/" ? String(prefix.text.dropLast()) : prefix.text
        return PathPattern(text: text + self.text, segments: open + self.segments, fault: prefix.fault ?? self.fault)
    }

    /// The path with values in the place of parameters. `**` becomes nothing.
    func reference(with values: [String]) -> URIReference {
        var values = values[...]
        var path = ""
        for segment in self.segments {
            path += "/"
            switch segment {
            case .literal(let text): path += text
            case .parameter: path += Self.encode(values.popFirst() ?? "")
            case .rest: break
            }
        }
        // Built of encoded segments behind a slash; two slashes at the start would name a host.
        let unambiguous = path.hasPrefix("//") ? "/." + path : path
        guard let reference = try? URIReference(unambiguous) else { preconditionFailure("\(path) is no path") }
        return reference
    }

    /// Encodes a value as a segment. Dot segments would lead elsewhere, and have no other spelling in a URL: they become
    /// an address where nothing is.
    private static func encode(_ value: String) -> String {
        value == "." || value == ".." ? value.map { _ in "%252E" }.joined() : PercentEncoding.encode(segment: value)
    }
}
