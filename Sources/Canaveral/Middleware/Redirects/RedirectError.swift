/// A redirect that cannot be. Each description is one sentence.
public enum RedirectError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A path that is none; the reason is half a sentence.
    case path(String, reason: String)
    /// A target that is no URI reference.
    case target(String)
    /// A target in which what was found would be part of the scheme or the host.
    case host(String)
    /// A pattern that paths are not matched with; the reason is half a sentence that says what to write.
    case pattern(String, reason: String)
    /// A target that names a group that the pattern has not.
    case group(Int, target: String)

    public var description: String {
        switch self {
        case .path(let path, let reason): "The path \(path) of a redirect \(reason)."
        case .target(let target): "The target '\(target)' of a redirect is no URI reference: percent-encode it."
        case .host(let target):
            "The target '\(target)' of a redirect lets visitors choose the host: end it by a slash before what goes into it, as in gemini://example.org/$1."
        case .pattern(let pattern, let reason):
            "The pattern '\(pattern)' of a redirect cannot be used: \(reason)."
        case .group(let number, let target):
            "The target '\(target)' of a redirect names the group $\(number), which its pattern has not."
        }
    }
}
