import GeminiProtocol

/// Where a link leads, as far as its text says.
enum LinkTarget: Sendable, Hashable {
    /// To what a Gemini server answers for; without a fragment.
    case gemini(GeminiURL)
    /// To another protocol.
    case other(scheme: String)
    /// To nowhere: the text is no address.
    case none
}
