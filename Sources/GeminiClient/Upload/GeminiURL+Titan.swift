public import GeminiProtocol

extension GeminiURL {
    /// A `titan` URL without the parameters that a link or a redirect brought along: what is to be uploaded, and with
    /// which token, is for a person to say (TI-22). Any other URL stays as it is.
    public var strippingTitanParameters: GeminiURL {
        guard self.scheme == "titan", let semicolon = self.path.utf8.firstIndex(of: UInt8(ascii: ";")) else {
            return self
        }
        return (try? self.replacing(path: String(self.path[..<semicolon]))) ?? self
    }

    /// The URL that decides about the identity: `gemini` for an upload too, since both name one resource (TI-24, GP-158).
    var forIdentity: GeminiURL {
        self.strippingTitanParameters.withoutFragment.overGemini
    }

    /// Host, port and path, which is what an identity is made for.
    var identityScope: GeminiURL {
        let url = self.forIdentity
        return (try? url.replacing(query: nil)) ?? url
    }
}
