public import GeminiProtocol

/// Where an identity is shown: at a host and port, from a path on downwards (GP-156).
///
/// The path covers itself and what is below it, by whole segments: `/a/b` covers `/a/b`, `/a/b/` and `/a/b/c`, but
/// neither `/a` nor `/a/bc`. A path that ends in a slash covers what is below it and itself, not the one without the
/// slash.
public struct IdentityScope: Sendable, Hashable {
    /// The host, without a dot at its end.
    public let host: Host
    public let port: UInt16
    /// The encoded path in its normal form.
    public let path: String

    /// The scope that a status 60 at a URL asks for: this path and what is below it.
    ///
    /// A `titan` URL has the scope of the `gemini` URL of the same resource, for its parameters are no part of the path
    /// (GP-158, TI-24).
    ///
    /// - Returns: `nil` for other schemes.
    public init?(_ url: GeminiURL) {
        guard url.scheme == "gemini" || url.scheme == "titan", let port = url.effectivePort else { return nil }
        self.host = url.host.withoutTrailingDot
        self.port = port
        self.path = url.scheme == "titan" ? Self.withoutParameters(url.path) : url.path
    }

    /// A scope at a host and port, from a path on downwards, which is given encoded and gets normalised.
    public init(
        host: Host,
        port: UInt16 = GeminiURL.defaultPort,
        path: String = "/"
    ) throws(URIError) {
        self.host = host.withoutTrailingDot
        self.port = port
        self.path = try GeminiURL("gemini://\(host)").replacing(path: path).path
    }

    /// Whether an identity of this scope is shown at a URL.
    public func covers(_ url: GeminiURL) -> Bool {
        guard let asked = IdentityScope(url) else { return false }
        return self.covers(asked)
    }

    func covers(_ other: IdentityScope) -> Bool {
        guard self.host == other.host, self.port == other.port else { return false }
        let folder = self.path.utf8.last == UInt8(ascii: "/") ? self.path : self.path + "/"
        return other.path == self.path || other.path.utf8.starts(with: folder.utf8)
    }

    /// Titan's parameters begin at the first semicolon of the path (TI-09).
    private static func withoutParameters(_ path: String) -> String {
        let bare = path.prefix { $0 != ";" }
        return bare.isEmpty ? "/" : String(bare)
    }
}

extension IdentityScope: CustomStringConvertible {
    /// The scope as a `gemini` URL.
    public var description: String {
        let port = self.port == GeminiURL.defaultPort ? "" : ":\(self.port)"
        return "gemini://\(self.host)\(port)\(self.path)"
    }
}
