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

    /// The plainest form of a path, with single slashes and no needless escapes: the one that a regular expression sees, so
    /// that no other spelling of it is let in where it is not, nor kept out where it is.
    static func plain(_ path: String) -> String {
        guard path.contains("//") || path.utf8.contains(UInt8(ascii: "%")) else { return path }
        var plain = ""
        var isFolder = true
        for segment in PathSegments(path) {
            isFolder = segment.encoded.isEmpty
            guard !isFolder else { continue }
            plain +=
                "/" + ((try? segment.decodedBytes()).map(PercentEncoding.encode(plainest:)) ?? String(segment.encoded))
        }
        if isFolder { plain += "/" }
        return plain
    }

    /// A path whose encoded slashes are slashes, as programs behind gateways may take them; `nil` where it has none.
    static func withDecodedSlashes(_ path: String) -> String? {
        guard path.utf8.contains(UInt8(ascii: "%")) else { return nil }
        let decoded = path.replacing("%2F", with: "/").replacing("%2f", with: "/")
        return decoded == path ? nil : decoded
    }
}
