/// The parameters of a Titan upload.
public struct TitanParameters: Sendable, Hashable {
    /// The media type of an upload that names none (TI-04).
    public static let defaultMediaType = "text/gemini"

    /// The length of the upload in bytes.
    public let size: Int

    /// The media type with its own parameters, as the client wrote it: `text/gemini; charset=utf-8`.
    public let mediaType: String

    /// The shared secret, decoded; nil when there is none (TI-05).
    public let token: String?

    /// - Throws: ``TitanError/invalidSize`` for a negative size, ``TitanError/invalidMediaType`` for what is not of the
    ///   form `type/subtype` with optional parameters, in visible ASCII and spaces.
    public init(
        size: Int,
        mediaType: String = TitanParameters.defaultMediaType,
        token: String? = nil
    ) throws(TitanError) {
        guard size >= 0 else {
            throw .invalidSize
        }
        guard Self.isMediaType(mediaType) else {
            throw .invalidMediaType
        }
        self.size = size
        self.mediaType = mediaType
        self.token = token
    }

    private static func isMediaType(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let tokens = bytes.prefix { $0 != URIByte.semicolon }
        let essence = tokens.reversed().drop { $0 == URIByte.space }.reversed()
        let parts = essence.split(separator: URIByte.slash, omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(URICharacterSet.mediaTypeToken.contains) })
        else {
            return false
        }
        return bytes.last != URIByte.space && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
