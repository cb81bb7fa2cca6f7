import GeminiProtocol

extension GeminiURL {
    /// The URL under which the resource is uploaded, without parameters and fragment.
    ///
    /// - Throws: ``ClientError/unsupportedScheme(_:)`` for what is neither `gemini` nor `titan`.
    var asTitan: GeminiURL {
        get throws(ClientError) {
            switch self.scheme {
            case "titan": return self.strippingTitanParameters.withoutFragment
            case "gemini":
                // RFC 3986 lets a path hold a semicolon; in a titan URL it would begin the parameters (TI-09).
                let text = "titan" + self.withoutFragment.description.dropFirst("gemini".count)
                return try GeminiURL(
                    address: text.split(separator: ";", omittingEmptySubsequences: false).joined(separator: "%3B")
                )
            default: throw .unsupportedScheme(self.scheme)
            }
        }
    }
}
