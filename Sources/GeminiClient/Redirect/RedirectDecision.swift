public import GeminiProtocol

/// A redirect that the client does not follow without being asked.
public struct RedirectDecision: Sendable {
    /// Why it is not followed.
    public enum Reason: Sendable, Hashable {
        /// It leads to another scheme (GP-139).
        case otherScheme
        /// As many as are allowed were followed already (GP-136).
        case tooMany
        /// It answers an upload: the target is where the result can be read, and the upload is done (TI-18).
        case afterUpload
    }

    public let exchange: Exchange
    public let reason: Reason

    /// Where it leads: an absolute URI of any scheme.
    public let target: URIReference

    /// The target as what a client can fetch; `nil` where it has no host.
    ///
    /// Of a `titan` address, what it says of an upload's parameters is left out: those are for a person to choose (TI-22).
    public var url: GeminiURL? {
        (try? GeminiURL(self.target))?.strippingTitanParameters
    }

    /// Whether the server says that the resource has moved for good.
    public var isPermanent: Bool {
        self.exchange.header.status.equivalent == .permanentRedirect
    }
}

extension RedirectDecision: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self.reason {
        case .otherScheme: "\(self.exchange.url) redirects to \(self.target), which has another scheme."
        case .tooMany:
            "\(self.exchange.url) redirects to \(self.target), after \(self.exchange.redirects.count) redirects."
        case .afterUpload: "The upload was taken; \(self.target) shows the result."
        }
    }
}
