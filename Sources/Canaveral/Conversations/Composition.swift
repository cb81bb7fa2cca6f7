/// The page on which a visitor composes a text: what is said on it, for ``Conversation/compose(_:_:)``.
public struct Composition: Sendable, Hashable {
    /// Above the draft, while there is none.
    public var introduction = "There is nothing here yet."
    /// The link that adds a line, and the prompt for it.
    public var add = "Add a line"
    public var prompt = "The next line:"
    public var remove = "Remove the last line"
    public var done = "Send it"
    public var discard = "Discard it"
    /// For what does not fit.
    public var full = "There is no room for more."

    /// The largest number of lines.
    public var maximumLines = 64
    /// The largest number of bytes.
    public var maximumBytes = 8 * 1024

    public init() {}

    var limits: CompositionLimits {
        CompositionLimits(lines: self.maximumLines, bytes: self.maximumBytes)
    }
}

/// How large a composed text gets.
struct CompositionLimits: Sendable, Hashable {
    let lines: Int
    let bytes: Int
}
