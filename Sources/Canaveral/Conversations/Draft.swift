/// A text of several lines while it is being composed.
struct Draft: Codable, Sendable, Hashable {
    struct Line: Codable, Sendable, Hashable {
        let text: String
        /// The revision of the draft that it was added to, by which an addition that comes twice is known.
        let addedTo: Int?
    }

    /// What a visitor does with it: the words of its links' addresses.
    enum Change: String, Sendable {
        case add, remove, done, discard
    }

    enum Action: Equatable {
        /// Ask for the line.
        case ask
        /// Show it as it is: the change was made before, or another one.
        case show
        /// Keep it, and show it.
        case keep
        /// The line that there is no room for; show why.
        case full
        /// It is complete, or discarded.
        case finish(String?)
    }

    let step: Int
    private(set) var lines: [Line]
    private(set) var revision = 0

    init(step: Int, text: String?) {
        self.step = step
        self.lines = text.map { Self.split($0).map { Line(text: $0, addedTo: nil) } } ?? []
    }

    var text: String {
        self.lines.map(\.text).joined(separator: "\n")
    }

    var byteCount: Int {
        self.lines.reduce(0) { $0 + $1.text.utf8.count + 1 }
    }

    /// Carries out a change of the draft as it was at a revision, which may be behind this one: then only a line that is
    /// not there yet is still added.
    mutating func perform(_ change: Change, at revision: Int, input: String?, limits: CompositionLimits) -> Action {
        switch change {
        case .add:
            guard let input else { return .ask }
            let texts = Self.split(input)
            if self.lines.filter({ $0.addedTo == revision }).map(\.text) == texts { return .show }
            let lines = texts.map { Line(text: $0, addedTo: revision) }
            guard self.lines.count + lines.count <= limits.lines,
                self.byteCount + lines.reduce(0, { $0 + $1.text.utf8.count + 1 }) <= limits.bytes
            else { return .full }
            self.lines += lines
        case .remove:
            guard revision == self.revision, !self.lines.isEmpty else { return .show }
            self.lines.removeLast()
        case .done:
            guard revision == self.revision, !self.lines.isEmpty else { return .show }
            return .finish(self.text)
        case .discard:
            guard revision == self.revision else { return .show }
            return .finish(nil)
        }
        self.revision += 1
        return .keep
    }

    private static func split(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
