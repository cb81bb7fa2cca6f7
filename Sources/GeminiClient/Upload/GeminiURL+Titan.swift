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
        guard self.scheme == "titan" else { return self.withoutFragment }
        let plain = self.strippingTitanParameters.withoutFragment
        return (try? GeminiURL("gemini" + plain.description.dropFirst("titan".count))) ?? plain
    }

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
                return try GeminiURL(address: text.split(separator: ";", omittingEmptySubsequences: false).joined(separator: "%3B"))
            default: throw .unsupportedScheme(self.scheme)
            }
        }
    }

    /// Host, port and path, which is what an identity is made for.
    var identityScope: GeminiURL {
        let url = self.forIdentity
        return (try? url.replacing(query: nil)) ?? url
    }
}
