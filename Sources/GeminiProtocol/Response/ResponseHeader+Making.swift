extension ResponseHeader {
    /// 10, or 11 when the input is sensitive: asks the client for a line of text.
    public static func input(_ prompt: Meta, sensitive: Bool = false) -> ResponseHeader {
        ResponseHeader(unchecked: sensitive ? .sensitiveInput : .input, prompt)
    }

    /// 20: a body of this type follows.
    public static func success(_ type: MediaType) -> ResponseHeader {
        ResponseHeader(unchecked: .success, Meta(unchecked: type.description))
    }

    /// 30 or 31: sends the client to another address (GP-130).
    ///
    /// - Parameters:
    ///   - target: a URI reference, percent-encoded, without a fragment (GP-134).
    ///   - permanent: whether the move is for good, so that clients may change bookmarks (GP-138).
    public static func redirect(to target: Meta, permanent: Bool = false) -> ResponseHeader {
        ResponseHeader(unchecked: permanent ? .permanentRedirect : .temporaryRedirect, target)
    }

    /// 44: asks the client to wait; the text begins with the seconds, as old and new clients read it (GP-093, DA-08).
    ///
    /// - Parameter delay: how long, rounded up to whole seconds and to one at least.
    public static func slowDown(for delay: Duration) -> ResponseHeader {
        let (seconds, attoseconds) = delay.components
        let wholeSeconds = attoseconds > 0 && seconds < .max ? seconds + 1 : seconds
        return ResponseHeader(unchecked: .slowDown, Meta(unchecked: "\(max(1, wholeSeconds))"))
    }

    /// How long a server that answered 44 asks to wait; `nil` for another status and for a text that begins with no
    /// number, when a client doubles its own delay from a second on (DA-08).
    public var requestedDelay: Duration? {
        guard self.status.equivalent == .slowDown, let text = self.meta?.text else { return nil }
        return Int64(text.prefix { $0.isASCII && $0.isNumber }).map { .seconds($0) }
    }

    /// The media type of a success: text/gemini in UTF-8 when the server named none, as older servers do (GP-082).
    ///
    /// - Returns: `nil` when the status is not a success.
    /// - Throws: when the meta is not a media type; the body is then best offered for saving (GP-114).
    public func mediaType() throws(MediaTypeError) -> MediaType? {
        guard self.status.group == .success else { return nil }
        guard let text = self.meta?.text else { return .gemtextInUTF8 }
        return try MediaType(text)
    }
}
