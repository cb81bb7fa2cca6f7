import GeminiProtocol

/// Which identity is shown where: what the file `scopes` of an ``IdentityStore`` holds.
///
/// Its lines, behind the first one that says what it is, are a state (`on` or `off`), the SHA-256 of a certificate, and a
/// `gemini` URL. Lines that mean nothing stay as they are.
struct ScopeTable: Sendable, Hashable {
    struct Entry: Sendable, Hashable {
        var isActive: Bool
        var identity: Fingerprint
        var scope: IdentityScope
    }

    enum TextError: Error {
        case notScopes
    }

    static let header = "# Scopes of client identities, version 1"

    private enum Line: Sendable, Hashable {
        case entry(Entry)
        case other([UInt8])
    }

    private var lines: [Line] = []

    init() {}

    /// Reads a file; an empty one has no scopes, and any other begins with our header.
    init(parsing bytes: [UInt8]) throws(TextError) {
        guard !bytes.isEmpty else { return }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines[0].elementsEqual(Self.header.utf8), !bytes.contains(0) else { throw .notScopes }
        if lines.last?.isEmpty == true {
            lines.removeLast()
        }
        self.lines = lines.dropFirst().map { line in
            Self.entry(line).map { .entry($0) } ?? .other(Array(line))
        }
    }

    var text: [UInt8] {
        var text = Array("\(Self.header)\n".utf8)
        for line in self.lines {
            switch line {
            case .entry(let entry):
                text += Array("\(entry.isActive ? "on" : "off") \(entry.identity) \(entry.scope)".utf8)
            case .other(let bytes): text += bytes
            }
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    var entries: [Entry] {
        self.lines.compactMap { line in
            if case .entry(let entry) = line { entry } else { nil }
        }
    }

    /// The identity of the longest active scope that covers another.
    func identity(for scope: IdentityScope) -> Fingerprint? {
        self.entries.filter { $0.isActive && $0.scope.covers(scope) }
            .max { $0.scope.path.utf8.count < $1.scope.path.utf8.count }?.identity
    }

    /// Shows an identity at a scope, and no other one there.
    mutating func activate(_ identity: Fingerprint, at scope: IdentityScope) {
        self.deactivate(scope)
        self.lines.removeAll { $0 == .entry(Entry(isActive: false, identity: identity, scope: scope)) }
        self.lines.append(.entry(Entry(isActive: true, identity: identity, scope: scope)))
    }

    /// Shows none at exactly this scope; whoever was shown there is kept, to be activated again.
    ///
    /// - Returns: whether one was shown there.
    @discardableResult
    mutating func deactivate(_ scope: IdentityScope) -> Bool {
        var wasActive = false
        for (index, line) in self.lines.enumerated() {
            if case .entry(var entry) = line, entry.isActive, entry.scope == scope {
                entry.isActive = false
                self.lines[index] = .entry(entry)
                wasActive = true
            }
        }
        return wasActive
    }

    mutating func remove(_ identity: Fingerprint) {
        self.lines.removeAll { line in
            if case .entry(let entry) = line { entry.identity == identity } else { false }
        }
    }

    private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
        let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard fields.count == 3, fields[0] == "on" || fields[0] == "off",
            let identity = Fingerprint(parsing: String(fields[1])),
            let url = try? GeminiURL(String(fields[2])), url.scheme == "gemini", url.query == nil,
            let scope = IdentityScope(url)
        else { return nil }
        return Entry(isActive: fields[0] == "on", identity: identity, scope: scope)
    }
}
