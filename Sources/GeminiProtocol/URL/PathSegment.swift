/// One segment of a path.
public struct PathSegment: Sendable, Hashable {
    /// The segment as it stands in the URL.
    public let encoded: Substring

    /// The segment as text.
    ///
    /// - Throws: ``PercentEncodingError`` for a malformed escape and for escapes that are not UTF-8.
    public func decoded() throws(PercentEncodingError) -> String {
        try PercentEncoding.decode(self.encoded)
    }

    /// The segment's bytes, which need not be UTF-8: names of files are bytes.
    public func decodedBytes() throws(PercentEncodingError) -> [UInt8] {
        try PercentEncoding.decodeBytes(self.encoded)
    }

    /// The name that the segment may open in a directory, nil when it must not reach the file system (GP-060).
    ///
    /// That is a segment whose decoded form is empty, `.` or `..`, or holds a slash or a NUL.
    public var fileName: [UInt8]? {
        guard
            let bytes = try? self.decodedBytes(),
            !bytes.isEmpty,
            bytes != [URIByte.dot],
            bytes != [URIByte.dot, URIByte.dot],
            !bytes.contains(URIByte.slash),
            !bytes.contains(0)
        else {
            return nil
        }
        return bytes
    }
}
