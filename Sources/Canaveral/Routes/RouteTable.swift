import GeminiProtocol

/// Routes by path and action, as a tree of segments: a lookup costs what the path is long, however many routes there are.
///
/// At each segment the most particular wins: text before a parameter of a type, that before any text, and that before
/// `**`. Where the rest of the path does not fit, the next is tried.
struct RouteTable<Endpoint: Sendable>: Sendable {
    /// A route that was found.
    struct Match: Sendable {
        let endpoint: Endpoint
        /// The route's template, for logs and metrics.
        let template: String
        /// The decoded parameters, in order.
        let parameters: [String]
        /// For a route that ends with `**`: how many bytes of the path are before what it stands for.
        let restOffset: Int?
    }

    struct Entry: Sendable {
        let endpoint: Endpoint
        let template: String
        let place: SourcePlace
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameters: [ParameterEdge] = []
        /// By the raw values of actions.
        var entries = [Entry?](repeating: nil, count: RouteAction.allCases.count)
        var rests = [Entry?](repeating: nil, count: RouteAction.allCases.count)
    }

    private struct ParameterEdge: Sendable {
        let type: any PathParameter.Type
        let node: Int

        /// Whether any text is a value of it.
        var takesAnything: Bool {
            self.type == String.self
        }
    }

    private var nodes = [Node()]

    /// Whether there is any route for an action.
    func holds(_ action: RouteAction) -> Bool {
        self.nodes.contains { $0.entries[action.rawValue] != nil || $0.rests[action.rawValue] != nil }
    }

    /// Adds a route for some actions.
    ///
    /// - Parameter types: those of the pattern's parameters.
    /// - Returns: the entry that is there already for one of the actions, in which case nothing is added for that one.
    mutating func insert(
        _ entry: Entry,
        at pattern: PathPattern,
        types: [any PathParameter.Type],
        for actions: [RouteAction]
    ) -> Entry? {
        var types = types[...]
        var index = 0
        var clash: Entry?
        for segment in pattern.segments {
            switch segment {
            case .literal(let text):
                index = self.child(of: index, literal: text)
            case .parameter:
                index = self.child(of: index, parameter: types.popFirst() ?? String.self)
            case .rest:
                for action in actions {
                    clash = clash ?? self.nodes[index].rests[action.rawValue]
                    self.nodes[index].rests[action.rawValue] = self.nodes[index].rests[action.rawValue] ?? entry
                }
                return clash
            }
        }
        for action in actions {
            clash = clash ?? self.nodes[index].entries[action.rawValue]
            self.nodes[index].entries[action.rawValue] = self.nodes[index].entries[action.rawValue] ?? entry
        }
        return clash
    }

    private mutating func child(of index: Int, literal text: String) -> Int {
        if let child = self.nodes[index].literals[text] { return child }
        self.nodes.append(Node())
        self.nodes[index].literals[text] = self.nodes.count - 1
        return self.nodes.count - 1
    }

    private mutating func child(of index: Int, parameter type: any PathParameter.Type) -> Int {
        if let edge = self.nodes[index].parameters.first(where: { $0.type == type }) { return edge.node }
        self.nodes.append(Node())
        let edge = ParameterEdge(type: type, node: self.nodes.count - 1)
        let end =
            self.nodes[index].parameters.firstIndex(where: \.takesAnything) ?? self.nodes[index].parameters.endIndex
        self.nodes[index].parameters.insert(edge, at: edge.takesAnything ? self.nodes[index].parameters.endIndex : end)
        return edge.node
    }

    /// The route for a path in normal form.
    func match(_ path: String, for action: RouteAction) -> Match? {
        if self.nodes.count == 1, let entry = self.nodes[0].rests[action.rawValue], path.utf8.first == UInt8(ascii: "/")
        {
            // `/**` alone, as around a host: there is nothing to look for.
            return Match(endpoint: entry.endpoint, template: entry.template, parameters: [], restOffset: 1)
        }
        var search = Search(path: path, action: action)
        return self.match(from: 0, segment: 0, &search)
    }

    /// What a lookup carries along.
    private struct Search {
        let path: String
        let segments: [PathSegment]
        let action: RouteAction
        var parameters: [String] = []

        init(path: String, action: RouteAction) {
            self.path = path
            self.segments = Array(PathSegments(path))
            self.action = action
        }

        func match(_ entry: Entry, restAt segment: Int? = nil) -> Match {
            Match(
                endpoint: entry.endpoint,
                template: entry.template,
                parameters: self.parameters,
                restOffset: segment.map { self.path.utf8.distance(from: self.path.startIndex, to: self.start(of: $0)) }
            )
        }

        private func start(of segment: Int) -> String.Index {
            self.segments[segment].encoded.startIndex
        }
    }

    private func match(from index: Int, segment: Int, _ search: inout Search) -> Match? {
        // Nodes are looked at where they are: a copy of one costs more than what is looked up in it.
        guard segment < search.segments.count else {
            return self.nodes[index].entries[search.action.rawValue].map { search.match($0) }
        }
        let encoded = search.segments[segment].encoded
        if !self.nodes[index].literals.isEmpty, let child = self.nodes[index].literals[Self.canonical(encoded)],
            let match = self.match(from: child, segment: segment + 1, &search)
        {
            return match
        }
        if !self.nodes[index].parameters.isEmpty, !encoded.isEmpty, let text = try? search.segments[segment].decoded() {
            for edge in self.nodes[index].parameters
            where edge.takesAnything || edge.type.init(pathParameter: text) != nil {
                search.parameters.append(text)
                if let match = self.match(from: edge.node, segment: segment + 1, &search) { return match }
                search.parameters.removeLast()
            }
        }
        return self.nodes[index].rests[search.action.rawValue].map { search.match($0, restAt: segment) }
    }

    /// A segment in the one spelling that patterns have: a path in normal form leaves some characters either way.
    private static func canonical(_ encoded: Substring) -> String {
        guard encoded.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: ";") }),
            let bytes = try? PercentEncoding.decodeBytes(encoded)
        else { return String(encoded) }
        return PercentEncoding.encode(segment: bytes)
    }
}
