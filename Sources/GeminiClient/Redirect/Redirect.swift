public import GeminiProtocol

/// A redirect that was followed.
public struct Redirect: Sendable, Hashable {
    /// The URL that redirected.
    public let source: GeminiURL

    /// Where it led, with the fragment to apply (GP-135).
    public let target: GeminiURL

    /// Whether it is for good, so that ``target`` is to be used from now on (GP-138).
    public let isPermanent: Bool
}
