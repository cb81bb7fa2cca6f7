public import GeminiProtocol

extension TestClient {
    /// Uploads a text by Titan.
    ///
    /// - Parameters:
    ///   - address: a path or a URL, with the scheme `gemini` or `titan` (TI-24).
    ///   - size: the size to announce, where it is to be another than the text has.
    public func upload(
        _ text: String,
        to address: String,
        mediaType: String = TitanParameters.defaultMediaType,
        token: String? = nil,
        size: Int? = nil
    ) async throws -> TestPage {
        try await self.upload(Array(text.utf8), to: address, mediaType: mediaType, token: token, size: size)
    }

    /// Uploads bytes by Titan.
    ///
    /// - Parameter size: the size to announce, where it is to be another than there are bytes.
    /// - Throws: ``GeminiProtocol/TitanError`` for parameters that cannot be sent, and ``TestError``.
    public func upload(
        _ bytes: [UInt8],
        to address: String,
        mediaType: String = TitanParameters.defaultMediaType,
        token: String? = nil,
        size: Int? = nil
    ) async throws -> TestPage {
        let parameters = try TitanParameters(size: size ?? bytes.count, mediaType: mediaType, token: token)
        let line = try self.line(self.url(address), titan: .upload(parameters))
        return try await self.open(line, body: bytes).collect()
    }

    /// Asks for the editable form of a page (`;edit`, TI-30).
    public func edit(_ address: String) async throws -> TestPage {
        try await self.open(self.line(self.url(address), titan: .edit)).collect()
    }

    /// Deletes a page: uploads nothing to it.
    public func delete(_ address: String, token: String? = nil) async throws -> TestPage {
        try await self.upload([], to: address, token: token)
    }
}
