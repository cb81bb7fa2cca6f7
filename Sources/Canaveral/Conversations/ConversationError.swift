/// A conversation that is written in a way that cannot work.
public enum ConversationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Something was asked or done within a deed, which may only run once.
    case nested(String)
    /// What is to be kept of a conversation exceeds its limit.
    case tooLarge(limit: Int)

    public var description: String {
        switch self {
        case .nested(let name):
            "The deed '\(name)' asks or does something through its conversation: do that before or after it."
        case .tooLarge(let limit):
            "A conversation exceeds \(limit) bytes: keep less of it, or raise maximumBytes in its options."
        }
    }
}
