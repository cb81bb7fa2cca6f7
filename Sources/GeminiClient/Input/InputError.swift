/// Why a text cannot be sent as an answer.
public enum InputError: Error, Sendable, Hashable {
    /// The request would be this many bytes too long (GP-105).
    case tooLong(excess: Int)
}

extension InputError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .tooLong(let excess): "The answer is \(excess) bytes too long; shorten it."
        }
    }
}
