/// The segments of an encoded path, cut at its slashes before anything is decoded (GP-060).
///
///     Array(PathSegments("/a/b%2Fc/")).map { try $0.decoded() }   // ["a", "b/c", ""]
///
/// A trailing slash gives an empty last segment, and so does the second of two slashes; `/` is one empty segment.
public struct PathSegments: Sequence, Sendable {
    /// The encoded path.
    public let path: String

    /// The segments of a path that begins with a slash, or of one without a root.
    public init(_ path: String) {
        self.path = path
    }

    public func makeIterator() -> Iterator {
        Iterator(path: self.path)
    }

    public struct Iterator: IteratorProtocol, Sendable {
        private var rest: Substring?

        fileprivate init(path: String) {
            let isRooted = path.utf8.first == URIByte.slash
            self.rest = isRooted ? path[path.utf8.index(after: path.startIndex)...] : path[...]
        }

        public mutating func next() -> PathSegment? {
            guard let rest = self.rest else {
                return nil
            }
            if let slash = rest.utf8.firstIndex(of: URIByte.slash) {
                self.rest = rest[rest.utf8.index(after: slash)...]
                return PathSegment(encoded: rest[..<slash])
            }
            self.rest = nil
            return PathSegment(encoded: rest)
        }
    }
}
