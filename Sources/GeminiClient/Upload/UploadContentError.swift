/// Why an upload was not sent to its end. Nothing is stored then, as a server stores no part of an upload (TI-15).
public enum UploadContentError: Error, Sendable, Hashable {
    /// There is no byte to upload, which a server would take for a deletion (TI-19).
    case empty
    /// The content ended before the size that was said.
    case tooShort(expected: Int, actual: Int)
    /// The content has more than was said.
    case tooLong(expected: Int)
    /// The file cannot be read.
    case unreadableFile(path: String, reason: String)
    /// The content could not be had.
    case contentFailed(reason: String)
}

extension UploadContentError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .empty: "There is nothing to upload; to delete the page, ask for that."
        case .tooShort(let expected, let actual):
            "The upload was to have \(expected) bytes and ended after \(actual); nothing was stored."
        case .tooLong(let expected):
            "The upload has more than the \(expected) bytes that it was to have; nothing was stored."
        case .unreadableFile(let path, let reason): "\(path) cannot be uploaded: \(reason)."
        case .contentFailed(let reason): "The upload broke off: \(reason)"
        }
    }
}
