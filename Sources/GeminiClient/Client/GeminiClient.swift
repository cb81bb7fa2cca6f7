public import GeminiProtocol

/// A Gemini client: fetches pages, streams them, uploads by Titan.
///
/// ```swift
/// let client = GeminiClient(trust: TrustOnFirstUse(knownHosts))
/// let page = try await client.page(at: "gemini://example.org/")
/// print(try page.document.title ?? page.url.description)
/// ```
///
/// Each request has a connection of its own, which is closed when the answer has been read. Redirects are followed; what
/// a person has to decide (input, certificates, other schemes, a server that has changed) is returned. Cancelling the
/// task closes the connection, whatever its state.
///
/// A value that is cheap to copy; copies share what is costly to make. Use one for everything, from any task.
public struct GeminiClient: Sendable {
    public let configuration: ClientConfiguration

    let contexts = ClientTLSContexts()

    public init(_ configuration: ClientConfiguration) {
        self.configuration = configuration
    }

    /// A client with defaults for everything else.
    ///
    /// - Parameters:
    ///   - trust: who decides whether a server is the one that it says it is.
    ///   - identities: who knows which identity is shown where; without it, none is ever shown.
    public init(trust: any TrustPolicy, identities: (any IdentityProvider)? = nil) {
        self.init(ClientConfiguration(trust: trust, identities: identities))
    }

    /// The page at a URL, whole and in memory.
    ///
    /// - Throws: ``ClientError``, every outcome that is no page among them.
    public func page(at url: GeminiURL) async throws(ClientError) -> Page {
        try await self.fetch(url).get()
    }

    /// The page at an address as a person writes it: what RFC 3986 does not allow is percent-encoded (GP-025).
    ///
    /// - Throws: ``ClientError``, every outcome that is no page among them.
    public func page(at address: String) async throws(ClientError) -> Page {
        try await self.page(at: GeminiURL(address: address))
    }

    /// Asks for a URL, and reads the whole body of a page into memory.
    ///
    /// - Throws: ``ClientError`` when there is no outcome at all.
    public func fetch(_ url: GeminiURL) async throws(ClientError) -> Outcome<Page> {
        try await self.follow(Inquiry(url), limits: self.configuration.limits)
            .map { stream async throws(ClientError) in try await stream.collect() }
    }

    /// Asks for a URL; the body of a page comes as it is read, at the pace of the reader.
    ///
    /// ```swift
    /// let stream = try await client.stream(url).get()
    /// for try await piece in stream.body { play(piece) }
    /// ```
    ///
    /// - Throws: ``ClientError`` when there is no outcome at all.
    public func stream(_ url: GeminiURL) async throws(ClientError) -> Outcome<PageStream> {
        try await self.follow(Inquiry(url), limits: self.configuration.streamLimits)
    }
}

extension GeminiURL {
    init(address: String) throws(ClientError) {
        do throws(URIError) {
            self = try GeminiURL(lenient: address)
        } catch {
            throw .invalidURL(address, error)
        }
    }
}
