public import GeminiProtocol

/// Media types by the extension of a file's name, and the parameters that text is served with.
///
/// The table is built in, so that a capsule is served alike on every machine, whatever is installed there. A name
/// without an extension, or with one that is not in the table, is `application/octet-stream` (GP-121). Compressed files
/// are what they are, with no notion of an encoding: `a.tar.gz` is `application/gzip`.
public struct MediaTypeTable: Sendable {
    /// The `charset` that text is labelled with, if any. Without it text is UTF-8 (GP-113).
    public private(set) var charset: String?

    /// The `lang` that gemtext is labelled with, if any: one or more BCP 47 tags, separated by commas (GT-70).
    public private(set) var language: String?

    /// Headers rather than media types: they are what each request needs.
    private var byExtension: [String: ResponseHeader] = [:]
    private let unknown = ResponseHeader.success(.octetStream)

    /// What gemtext is served as, for pages that are no files.
    let gemtextHeader: ResponseHeader

    /// - Parameters:
    ///   - overrides: media types by extension, in lower case and without a dot, that go before the built-in ones.
    ///   - charset: for text of every kind.
    ///   - language: for gemtext only.
    /// - Throws: `MediaTypeError` if a parameter's value cannot stand in a header, or makes it too long.
    public init(
        overrides: [String: MediaType],
        charset: String? = nil,
        language: String? = nil
    ) throws(MediaTypeError) {
        self.charset = charset
        self.language = language
        func header(_ type: MediaType) throws(MediaTypeError) -> ResponseHeader {
            var type = type
            if let charset, type.isText, type.charset == nil { type = try type.adding("charset", charset) }
            if let language, type.isGemtext, type.language == nil { type = try type.adding("lang", language) }
            return .success(type)
        }
        self.gemtextHeader = try header(.gemtext)
        for (type, extensions) in Self.builtIn {
            let value = try header(MediaType(type))
            for name in extensions.split(separator: " ") {
                self.byExtension[String(name)] = value
            }
        }
        for (name, type) in overrides {
            self.byExtension[name] = try header(type)
        }
    }

    /// The built-in table, with no parameters.
    public init() {
        do throws(MediaTypeError) {
            try self.init(overrides: [:])
        } catch {
            preconditionFailure("A built-in media type is none: \(error)")
        }
    }

    /// What a file of this name is.
    public func mediaType(ofFile name: String) -> MediaType {
        (try? self.header(forName: Array(name.utf8)).mediaType()) ?? .octetStream
    }

    /// What a file of this name is served as.
    func header(forName name: some BidirectionalCollection<UInt8>) -> ResponseHeader {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return self.unknown }
        let suffix = String(decoding: name[name.index(after: dot)...], as: UTF8.self)
        return self.byExtension[suffix] ?? self.byExtension[suffix.lowercased()] ?? self.unknown
    }
}
