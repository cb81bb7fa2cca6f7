/// Why a ``ResponseHeader`` cannot be made to be sent.
public enum UnsendableHeader: Error, Sendable, Hashable {
    /// The protocol does not define the code (GP-077).
    case undefinedStatus(Status)
    /// The status says nothing without a prompt, a media type or an address (GP-073).
    case missingMeta(Status)
    /// The text is no media type or address that could be sent (GP-075, GP-076).
    case invalidMeta(Status, MetaError)
}

extension UnsendableHeader: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .undefinedStatus(let status):
            "The protocol does not define the status \(status.code)."
        case .missingMeta(let status):
            "A response with status \(status.code) needs text after the status."
        case .invalidMeta(let status, let error):
            "A response with status \(status.code) cannot be sent: its text \(error.reason)."
        }
    }
}
