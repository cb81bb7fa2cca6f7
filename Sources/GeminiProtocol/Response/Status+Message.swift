extension Status: CustomStringConvertible {
    /// A short English text for the status, never empty.
    ///
    /// Failures are sent with it when nothing better is known, since some clients cannot read a header without text
    /// (GP-074, GP-094). An undefined code has the text of its ``equivalent``.
    public var defaultMessage: String {
        switch self.equivalent {
        case .input: "Input"
        case .sensitiveInput: "Sensitive input"
        case .success: "Success"
        case .temporaryRedirect: "Temporary redirect"
        case .permanentRedirect: "Permanent redirect"
        case .serverUnavailable: "Server unavailable"
        case .cgiError: "CGI error"
        case .proxyError: "Proxy error"
        case .slowDown: "Slow down"
        case .permanentFailure: "Permanent failure"
        case .notFound: "Not found"
        case .gone: "Gone"
        case .proxyRequestRefused: "Proxy request refused"
        case .badRequest: "Bad request"
        case .certificateRequired: "Client certificate required"
        case .certificateNotAuthorized: "Client certificate not authorized"
        case .certificateNotValid: "Client certificate not valid"
        default: "Temporary failure"
        }
    }

    /// What goes on the wire for this status when there is no better text.
    ///
    /// A delay in seconds after 44 (GP-093), gemtext after 20 as older clients and servers take it (GP-082).
    var defaultMeta: Meta {
        switch self.equivalent {
        case .success: Meta(unchecked: MediaType.gemtext.description)
        case .slowDown: Meta(unchecked: "30")
        default: Meta(unchecked: self.defaultMessage)
        }
    }

    /// The code and its text: `51 Not found`.
    public var description: String {
        "\(self.code) \(self.defaultMessage)"
    }
}
