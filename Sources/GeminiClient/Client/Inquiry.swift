import GeminiProtocol

/// What a caller asks for: a page, an upload, or the editable form of a page.
struct Inquiry: Sendable {
    var url: GeminiURL
    var titan: TitanRequest?
    var upload: UploadContent?

    /// An upload is done once; what its redirect shows is another matter.
    var followsRedirects: Bool { self.upload == nil }

    init(_ url: GeminiURL, titan: TitanRequest? = nil, upload: UploadContent? = nil) {
        self.url = url
        self.titan = titan
        self.upload = upload
    }
}
