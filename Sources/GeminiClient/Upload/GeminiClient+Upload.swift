public import GeminiProtocol

extension GeminiClient {
    /// Uploads by Titan (TI-02).
    ///
    /// ```swift
    /// let outcome = try await client.upload(.text("# Hello\n"), to: url, mediaType: .gemtext, token: "secret")
    /// ```
    ///
    /// The answer is watched for while sending, and ends it: a server that refuses does so early (TI-14). A redirect is
    /// not followed: it says where the result can be read (TI-18). The identity is the one for the same resource under
    /// `gemini` (TI-24).
    ///
    /// - Parameters:
    ///   - content: what to upload; without a byte it would be a deletion, for which there is
    ///     ``delete(_:token:)``.
    ///   - url: where to, as `titan` or `gemini`; what it says of parameters is left out (TI-22).
    ///   - mediaType: what it is.
    ///   - token: a secret shared with the server, in plain text.
    /// - Throws: ``ClientError`` when there is no outcome at all, ``UploadContentError/empty`` among them.
    public func upload(
        _ content: UploadContent,
        to url: GeminiURL,
        mediaType: MediaType = .gemtext,
        token: String? = nil
    ) async throws(ClientError) -> Outcome<Page> {
        guard content.size > 0 else { throw .uploadFailed(.empty) }
        return try await self.send(content, to: url, mediaType: mediaType, token: token)
    }

    /// Deletes a resource by Titan, as an upload of nothing (TI-19).
    ///
    /// - Throws: ``ClientError`` when there is no outcome at all.
    public func delete(_ url: GeminiURL, token: String? = nil) async throws(ClientError) -> Outcome<Page> {
        try await self.send(.bytes([]), to: url, mediaType: .gemtext, token: token)
    }

    /// The raw text of a resource, to be edited and uploaded to the same URL (TI-30, TI-31).
    ///
    /// - Throws: ``ClientError`` when there is no outcome at all.
    public func fetchForEditing(_ url: GeminiURL) async throws(ClientError) -> Outcome<Page> {
        try await self.follow(Inquiry(try url.asTitan, titan: .edit), limits: self.configuration.limits)
            .map { stream async throws(ClientError) in try await stream.collect() }
    }

    private func send(
        _ content: UploadContent,
        to url: GeminiURL,
        mediaType: MediaType,
        token: String?
    ) async throws(ClientError) -> Outcome<Page> {
        let parameters: TitanParameters
        do throws(TitanError) {
            parameters = try TitanParameters(size: content.size, mediaType: mediaType.description, token: token)
        } catch {
            throw .invalidRequest(.titan(error))
        }
        let inquiry = Inquiry(try url.asTitan, titan: .upload(parameters), upload: content)
        return try await self.follow(inquiry, limits: self.configuration.limits)
            .map { stream async throws(ClientError) in try await stream.collect() }
    }
}
