import Crypto
import GeminiProtocol
import GeminiServer

/// Whose conversation a request belongs to, and what it wants of it.
///
/// Beneath the route's path, `/2` is the second question of the visitor whose certificate was shown, and `/TOKEN/2` that
/// of whoever knows the token; `/2/add/5` does something with the draft that is composed there.
struct ConversationAddress: Sendable {
    enum Place: Sendable, Hashable {
        /// Where a conversation begins, or goes on.
        case start
        case step(Int)
        case draft(step: Int, Draft.Change, revision: Int)
    }

    /// Where all conversations of the route begin.
    let root: String
    /// `nil` for one that is kept by certificate.
    let token: String?
    let place: Place
    private let url: GeminiURL

    /// - Parameter rest: what is behind the route's path, with a slash in front; empty for the path itself.
    /// - Returns: `nil` for what is no address of a conversation.
    init?(_ url: GeminiURL, rest: String) {
        var root = url.path.dropLast(rest.utf8.count)
        if root.last == "/" { root = root.dropLast() }
        self.root = String(root)
        self.url = url
        var segments = rest.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        if segments == [""] { segments = [] }
        if let first = segments.first, Self.isToken(first) {
            self.token = String(first)
            segments = segments.dropFirst()
        } else {
            self.token = nil
        }
        guard let place = Self.place(Array(segments)) else { return nil }
        self.place = place
    }

    private static func place(_ segments: [Substring]) -> Place? {
        guard let first = segments.first else { return .start }
        guard let step = Int(pathParameter: String(first)), step > 0 else { return nil }
        switch segments.count {
        case 1:
            return .step(step)
        case 3:
            guard let change = Draft.Change(rawValue: String(segments[1])),
                let revision = Int(pathParameter: String(segments[2])), revision >= 0
            else { return nil }
            return .draft(step: step, change, revision: revision)
        default:
            return nil
        }
    }

    /// Whether a text has the form of ``AppEnvironment/makeID()``.
    private static func isToken(_ text: Substring) -> Bool {
        text.utf8.count == 26
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            }
    }

    /// The path of a step of the same conversation.
    func path(_ step: Int) -> String {
        self.path(step, token: self.token)
    }

    func path(_ step: Int, token: String?) -> String {
        "\(self.root)/\(token.map { "\($0)/" } ?? "")\(step)"
    }

    /// A path of this host as the target of a redirect.
    func reference(_ path: String) -> URIReference {
        let url = (try? self.url.replacing(path: path.isEmpty ? "/" : path)).flatMap { try? $0.replacing(query: nil) }
        return (url ?? self.url).reference
    }

    /// Where the conversation is kept: what a store holds tells neither the token nor the key of the certificate.
    ///
    /// - Parameter route: the template of the route.
    func key(route: String, certificate: Fingerprint?) -> StoreKey {
        let owner = self.token ?? certificate?.spelled(.lowerHexadecimal) ?? ""
        let digest = SHA256.hash(data: Array("\(self.url.host) \(self.root) \(owner)".utf8))
        let fingerprint = Fingerprint(bytes: Array(digest))?.spelled(.lowerHexadecimal) ?? ""
        return StoreKey(space: "conversations", id: Self.prefix(route: route) + fingerprint)
    }

    /// What the identifiers of a route's conversations begin with.
    static func prefix(route: String) -> String {
        "\(route) "
    }
}
