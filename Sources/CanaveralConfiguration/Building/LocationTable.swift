import Canaveral
import GeminiProtocol
import GeminiServer

/// Which of a host's locations answers: an exact one, else the first regular expression that matches, else the longest
/// path, else what is left.
struct LocationTable: Responder {
    /// A location with a path.
    struct Prefix: Sendable {
        var path: LocationPath
        /// It is mounted at the path.
        var responder: any Responder
    }

    /// A location with a regular expression.
    struct Matching: Sendable {
        var expression: PathExpression
        var responder: any Responder
    }

    private struct Branch: Sendable {
        var prefix: Prefix?
        var branches: [[UInt8]: Branch] = [:]

        mutating func insert(_ prefix: Prefix, at names: ArraySlice<[UInt8]>) {
            guard let name = names.first else {
                self.prefix = prefix
                return
            }
            self.branches[name, default: Branch()].insert(prefix, at: names.dropFirst())
        }
    }

    /// Where a path belongs.
    private enum Place {
        case exact(LocationPath, any Responder)
        case matching(Int, any Responder)
        /// With how much of the path is the location's own.
        case prefix(Prefix, length: Int)
        case rest

        enum Key: Equatable {
            case exact(LocationPath)
            case matching(Int)
            case prefix(LocationPath)
            case rest
        }

        var key: Key {
            switch self {
            case .exact(let path, _): .exact(path)
            case .matching(let index, _): .matching(index)
            case .prefix(let prefix, _): .prefix(prefix.path)
            case .rest: .rest
            }
        }
    }

    /// Who answers where nothing is.
    static let nobody: any Responder = .closure { _ in .notFound }

    private let exact: [LocationPath: any Responder]
    private let matching: [Matching]
    private var root = Branch()
    private let rest: any Responder

    init(exact: [LocationPath: any Responder], matching: [Matching], prefixes: [Prefix], rest: any Responder) {
        self.exact = exact
        self.matching = matching
        self.rest = rest
        for prefix in prefixes { self.root.insert(prefix, at: prefix.path.names[...]) }
    }

    func respondAtOnce(to request: Request) -> Response? {
        let (responder, basePath) = self.choice(for: request)
        return responder.respondAtOnce(to: Self.request(request, beneath: basePath))
    }

    func respond(to request: Request) async throws -> Response {
        let (responder, basePath) = self.choice(for: request)
        return try await responder.respond(to: Self.request(request, beneath: basePath))
    }

    private func choice(for request: Request) -> (any Responder, basePath: String?) {
        let path = request.url.path
        let place = self.place(of: path)
        // A gateway or an origin may take an encoded slash for a slash, and so for what another location guards.
        if let other = LocationPath.withDecodedSlashes(path), self.place(of: other).key != place.key {
            return (Self.nobody, nil)
        }
        switch place {
        case .exact(_, let responder), .matching(_, let responder): return (responder, nil)
        case .prefix(let prefix, let length):
            return (prefix.responder, String(decoding: path.utf8.prefix(length), as: UTF8.self))
        case .rest: return (self.rest, nil)
        }
    }

    private func place(of path: String) -> Place {
        if !self.exact.isEmpty {
            let name = LocationPath(path)
            if let responder = self.exact[name] { return .exact(name, responder) }
        }
        if !self.matching.isEmpty {
            let plain = LocationPath.plain(path)
            if let index = self.matching.firstIndex(where: { $0.expression.matches(plain) }) {
                return .matching(index, self.matching[index].responder)
            }
        }
        return self.longestPrefix(of: path).map(Place.prefix) ?? .rest
    }

    /// The location whose path has the most names of the path, and how long these are as they are written.
    private func longestPrefix(of path: String) -> (Prefix, length: Int)? {
        var found = self.root.prefix.map { ($0, length: 0) }
        guard !self.root.branches.isEmpty else { return found }
        var branch = self.root
        var length = 0
        for segment in PathSegments(path) {
            length += 1 + segment.encoded.utf8.count
            guard !segment.encoded.isEmpty else { continue }
            guard let next = branch.branches[LocationPath.name(segment)] else { break }
            branch = next
            if let prefix = branch.prefix { found = (prefix, length) }
        }
        return found
    }

    private static func request(_ request: Request, beneath basePath: String?) -> Request {
        guard let basePath else { return request }
        var request = request
        request.basePath = basePath
        return request
    }
}
