/// What can be said about the path of a URL while it is brought to its normal form.
struct URIPath: Sendable {
    /// The encoded path: escapes normalised, dot segments resolved, never empty.
    let text: String

    /// Whether a dot segment, `%2e` spelled or not, would have left the root (DA-01).
    let climbsAboveRoot: Bool

    /// Whether the path holds an encoded NUL (GP-060).
    let containsNUL: Bool

    /// Normalises a path that is empty or begins with a slash (RFC 3986 §6.2.2, §6.2.3).
    init(normalizing bytes: Span<UInt8>, _ range: Range<Int>, leniency: URILeniency) throws(URIError) {
        guard !range.isEmpty else {
            self.init(text: "/", climbsAboveRoot: false, containsNUL: false)
            return
        }
        if Self.isNormal(bytes, range) {
            self.init(text: bytes.uriText(range), climbsAboveRoot: false, containsNUL: false)
            return
        }
        let component = URIComponent(allowed: .path, leniency: leniency, isNormalizing: true)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(range.count + 16)
        try component.append(bytes, range, to: &encoded)
        let (path, climbs) = Self.removingDotSegments(encoded)
        self.init(
            text: String(decoding: path, as: UTF8.self),
            climbsAboveRoot: climbs,
            containsNUL: Self.containsEncodedNUL(encoded)
        )
    }

    private init(text: String, climbsAboveRoot: Bool, containsNUL: Bool) {
        self.text = text
        self.climbsAboveRoot = climbsAboveRoot
        self.containsNUL = containsNUL
    }

    /// Resolves the dot segments of a path that begins with a slash.
    ///
    /// For such paths this is RFC 3986 §5.2.4, and it also tells whether a `..` had nothing left to remove.
    static func removingDotSegments(_ path: [UInt8]) -> (path: [UInt8], climbsAboveRoot: Bool) {
        var output: [UInt8] = []
        output.reserveCapacity(path.count)
        var climbs = false
        var offset = 0
        while offset < path.count {
            // `offset` is at a slash; the segment is what follows it.
            let start = offset + 1
            offset = path[start...].firstIndex(of: URIByte.slash) ?? path.count
            let isLast = offset == path.count
            switch path[start..<offset] {
            case let segment where Self.isDot(segment):
                if isLast { output.append(URIByte.slash) }
            case let segment where Self.isDoubleDot(segment):
                if let slash = output.lastIndex(of: URIByte.slash) {
                    output.removeSubrange(slash...)
                } else {
                    climbs = true
                }
                if isLast { output.append(URIByte.slash) }
            case let segment:
                output.append(URIByte.slash)
                output.append(contentsOf: segment)
            }
        }
        return (output, climbs)
    }

    /// RFC 3986 §5.2.4 for any path, one without a leading slash included.
    static func removingDotSegments(_ path: String) -> String {
        let bytes = Array(path.utf8)
        guard bytes.contains(URIByte.dot) else {
            return path
        }
        if bytes.first == URIByte.slash {
            return String(decoding: Self.removingDotSegments(bytes).path, as: UTF8.self)
        }
        // Steps A and D: leading dot segments of a path without a root vanish.
        var offset = 0
        while offset < bytes.count {
            let end = bytes[offset...].firstIndex(of: URIByte.slash) ?? bytes.count
            guard Self.isDot(bytes[offset..<end]) || Self.isDoubleDot(bytes[offset..<end]) else {
                break
            }
            offset = min(end + 1, bytes.count)
        }
        // Step E moves the first segment over without a slash, so that a ".." that climbs past the rest takes it.
        let firstSegmentEnd = bytes[offset...].firstIndex(of: URIByte.slash) ?? bytes.count
        let first = bytes[offset..<firstSegmentEnd]
        let (rest, climbs) = Self.removingDotSegments(Array(bytes[firstSegmentEnd...]))
        return String(decoding: climbs ? rest : first + rest, as: UTF8.self)
    }

    private static func isDot(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.count == 1 && segment.first == URIByte.dot
    }

    private static func isDoubleDot(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.count == 2 && segment.first == URIByte.dot && segment.last == URIByte.dot
    }

    /// Whether every character may stand as it is and no segment begins with a dot.
    private static func isNormal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var previous: UInt8 = 0
        for offset in range {
            let byte = bytes[offset]
            guard URICharacterSet.path.contains(byte), byte != URIByte.dot || previous != URIByte.slash else {
                return false
            }
            previous = byte
        }
        return true
    }

    private static func containsEncodedNUL(_ path: [UInt8]) -> Bool {
        for offset in path.indices.dropLast(2) where path[offset] == URIByte.percent {
            if path[offset + 1] == UInt8(ascii: "0"), path[offset + 2] == UInt8(ascii: "0") {
                return true
            }
        }
        return false
    }
}
