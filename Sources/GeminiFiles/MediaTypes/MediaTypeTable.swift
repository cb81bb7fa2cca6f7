public import GeminiProtocol

/// Media types by the extension of a file's name, and the parameters that text is served with.
///
/// The table is built in, so that a capsule is served alike on every machine, whatever is installed there. A name
/// without an extension, or with one that is not in the table, is `application/octet-stream` (GP-121). Compressed files
/// are what they are, with no notion of an encoding: `a.tar.gz` is `application/gzip`.
///
/// Tables are cheap: the built-in part is shared by all, and a copy is shared until it is changed. A thousand folders
/// may have one each.
public struct MediaTypeTable: Sendable {
    /// The `charset` that text is labelled with, if any. Without it text is UTF-8 (GP-113).
    public private(set) var charset: String?

    /// The `lang` that gemtext is labelled with, if any: one or more BCP 47 tags, separated by commas (GT-70).
    public private(set) var language: String?

    /// By extension, what goes before the built-in table.
    private var overrides: [String: ResponseHeader] = [:]

    /// The built-in media types as they are served here. Headers rather than media types: they are what each request
    /// needs.
    private var builtIn: [ResponseHeader]

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
        self.builtIn = BuiltInMediaTypes.headers
        if charset != nil || language != nil {
            for (index, type) in BuiltInMediaTypes.types.enumerated() where type.isText {
                self.builtIn[index] = try header(type)
            }
        }
        for (name, type) in overrides {
            self.overrides[name] = try header(type)
        }
    }

    /// The built-in table, with no parameters. Costs nothing: all such tables are one.
    public init() {
        self.gemtextHeader = .success(.gemtext)
        self.builtIn = BuiltInMediaTypes.headers
    }

    /// What a file of this name is.
    public func mediaType(ofFile name: String) -> MediaType {
        (try? self.header(forName: Array(name.utf8)).mediaType()) ?? .octetStream
    }

    /// What a file of this name is served as.
    func header(forName name: some BidirectionalCollection<UInt8>) -> ResponseHeader {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else {
            return BuiltInMediaTypes.unknown
        }
        let suffix = String(decoding: name[name.index(after: dot)...], as: UTF8.self)
        return self.header(forExtension: suffix) ?? self.header(forExtension: suffix.lowercased())
            ?? BuiltInMediaTypes.unknown
    }

    /// What a file of this name is served as with other parameters in place of the table's language.
    func header(
        forName name: some BidirectionalCollection<UInt8>,
        insteadOfLanguage parameters: [MediaType.Parameter]
    ) -> ResponseHeader {
        let header = self.header(forName: name)
        guard let type = try? header.mediaType() else { return header }
        let own = type.parameters.filter { $0.name != "lang" && !parameters.map(\.name).contains($0.name) }
        return (try? MediaType(type.type, type.subtype, parameters: own + parameters)).map { .success($0) } ?? header
    }

    /// Whether a file of this name is gemtext.
    func isGemtext(_ name: [UInt8]) -> Bool {
        (try? self.header(forName: name).mediaType())?.isGemtext ?? false
    }

    private func header(forExtension name: String) -> ResponseHeader? {
        if !self.overrides.isEmpty, let header = self.overrides[name] { return header }
        return BuiltInMediaTypes.indices[name].map { self.builtIn[$0] }
    }
}
