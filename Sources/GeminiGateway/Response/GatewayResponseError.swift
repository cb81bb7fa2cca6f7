public import GeminiProtocol

/// Why what a program printed is no response: the client gets 42, and the log the description (CG-03).
public enum GatewayResponseError: Error, Hashable, Sendable {
    /// It ended without printing anything.
    case empty
    /// It ended within its first line.
    case incomplete
    /// The first line does not begin with two digits, and a space or the end of the line.
    case malformedStatus
    /// The first line begins with a number that is no status of the protocol (GP-077).
    case undefinedStatus(Int)
    /// A prompt, a media type or an address is missing behind the status (GP-073).
    case missingMeta(Status)
    /// What stands behind the status cannot be sent: a media type or an address that is too long or holds control
    /// characters, or what is not UTF-8.
    case invalidMeta(Status)
    /// There is no end of the line within ``GatewayResponseParser/maximumHeader`` bytes.
    case tooLong
}

extension GatewayResponseError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "It printed nothing: the first line is to be a status, a space and a text, as in '20 text/gemini'."
        case .incomplete: "It ended within its first line."
        case .malformedStatus: "Its first line is not a status, a space and a text, as in '20 text/gemini'."
        case .undefinedStatus(let code): "The status \(code) of its first line is not one that the protocol defines."
        case .missingMeta(let status): "Its first line is a bare \(status.code), which needs a text."
        case .invalidMeta(let status): "What follows the \(status.code) in its first line cannot be sent."
        case .tooLong: "Its first line is longer than \(GatewayResponseParser.maximumHeader) bytes."
        }
    }
}
