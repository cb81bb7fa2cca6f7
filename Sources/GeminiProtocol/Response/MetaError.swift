/// Why a text cannot be a ``Meta``.
public enum MetaError: Error, Sendable, Hashable {
    /// There is no text (GP-073).
    case empty
    /// The text begins with a space, which would make two of them after the status (GP-072).
    case leadingSpace
    /// The text begins with U+FEFF (GP-071).
    case byteOrderMark
    /// The text holds a control character: C0 with TAB, CR and LF, DEL, or C1 (GP-075).
    case controlCharacter
    /// The text has this many bytes, which is more than ``Meta/maximumLength`` (GP-076).
    case tooLong(Int)
}

extension MetaError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        "The text after the status \(self.reason)."
    }

    /// What is wrong with the text, for the middle of a sentence.
    var reason: String {
        switch self {
        case .empty: "is empty"
        case .leadingSpace: "begins with a space"
        case .byteOrderMark: "begins with a byte order mark"
        case .controlCharacter: "holds a control character"
        case .tooLong(let count): "has \(count) bytes, and \(Meta.maximumLength) is the limit"
        }
    }
}
