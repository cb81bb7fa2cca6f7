import GeminiProtocol

/// A path as locations compare it: by its names, each decoded, with slashes in a row as one, which is how files are
/// looked for. So no spelling of a path leads past the location that it belongs to.
struct LocationPath: Hashable, Sendable {
    var names: [[UInt8]] = []
    /// Whether a slash ends it.
    var isFolder = false

    /// - Parameter path: encoded, or as people write it.
    init(_ path: String) {
        for segment in PathSegments(path) {
            self.isFolder = segment.encoded.isEmpty
            if !segment.encoded.isEmpty { self.names.append(Self.name(segment)) }
        }
        if self.names.isEmpty { self.isFolder = true }
    }

    /// The path of a location for all that is beneath it: with a slash at its end or without.
    init(prefix path: String) {
        self.init(path)
        self.isFolder = true
    }

    /// The path in the plainest spelling that leads to the same file, for regular expressions; `nil` where it is spelled so.
    static func plain(_ path: String) -> String? {
        var plain = ""
        var endsInSlash = true
        for segment in PathSegments(path) {
            endsInSlash = segment.encoded.isEmpty
            guard !endsInSlash else { continue }
            plain +=
                "/"
                + ((try? segment.decodedBytes()).map { PercentEncoding.encode(segment: $0) } ?? String(segment.encoded))
        }
        if endsInSlash { plain += "/" }
        return plain == path ? nil : plain
    }

    /// A segment as it is compared.
    static func name(_ segment: PathSegment) -> [UInt8] {
        let bytes = (try? segment.decodedBytes()) ?? Array(segment.encoded.utf8)
        #if canImport(Darwin)
        // Its file systems tell capitals from small letters as little as spellings of one letter.
        return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
        #else
        return bytes
        #endif
    }
}
