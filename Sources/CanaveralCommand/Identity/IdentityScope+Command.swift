import GeminiClient
import GeminiProtocol

extension IdentityScope {
    /// The scope that a person types.
    static func named(_ text: String) throws(Failure) -> IdentityScope {
        let url = try ClientOptions.url(text)
        guard let scope = IdentityScope(url) else {
            throw .usage("“\(text)” is no address of a Gemini server, to which alone an identity is shown.")
        }
        return scope
    }
}
