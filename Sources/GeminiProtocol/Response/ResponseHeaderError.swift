/// Why the start of a response is no header that a client could act on; nothing of the body is to be used then.
public enum ResponseHeaderError: Error, Sendable, Hashable {
    /// The response ended before the header did (GP-084).
    case incomplete
    /// There is no CRLF within this many bytes, the most that a header may have (GP-083).
    case tooLong(limit: Int)
    /// A line feed without a carriage return before it (GP-083).
    case bareLineFeed
    /// The response begins with a byte order mark (GP-071, GP-084).
    case byteOrderMark
    /// The header does not begin with two digits that a space or the line's end follows (GP-079).
    case malformedStatus
    /// The two digits are below 10 or above 69 (GP-079).
    case statusOutOfRange(Int)
    /// The text is not UTF-8 (GP-084).
    case invalidUTF8
    /// A redirect does not say where to (GP-082, GP-130).
    case missingTarget
}

extension ResponseHeaderError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .incomplete: "The response ended before its header did."
        case .tooLong(let limit): "The header of the response has no end within \(limit) bytes."
        case .bareLineFeed: "The header of the response holds a line feed without a carriage return."
        case .byteOrderMark: "The response begins with a byte order mark."
        case .malformedStatus: "The response does not begin with a status of two digits."
        case .statusOutOfRange(let code): "The status \(code) is not in the range from 10 to 69."
        case .invalidUTF8: "The header of the response is not UTF-8."
        case .missingTarget: "The redirect does not say where to."
        }
    }
}
