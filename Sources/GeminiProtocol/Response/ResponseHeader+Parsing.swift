extension ResponseHeader {
    /// Reads a header from the start of a response; a client that receives piece by piece uses a
    /// ``ResponseHeaderDecoder``.
    ///
    /// - Parameters:
    ///   - bytes: the response, from its first byte. What follows the header is not looked at.
    ///   - metaLimit: the most bytes that are accepted after the status and its space (DA-05).
    public static func parse(
        _ bytes: Span<UInt8>,
        metaLimit: Int = Meta.maximumLength,
    ) throws(ResponseHeaderError) -> ReceivedResponseHeader {
        var decoder = ResponseHeaderDecoder(metaLimit: metaLimit)
        guard let header = try decoder.decode(bytes) else { throw .incomplete }
        return header
    }
}
