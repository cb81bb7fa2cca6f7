/// Where in its life a connection was when its time was over.
public enum ConnectionPhase: Sendable, Hashable {
    /// Looking up the name and connecting.
    case connecting
    /// In the TLS handshake, or while trust was judged.
    case handshake
    /// Sending an upload.
    case upload
    /// Waiting for the header.
    case header
    /// Between two pieces of the body.
    case body
    /// The time for the whole was over.
    case total
}

extension ConnectionPhase: CustomStringConvertible {
    /// What did not happen in time, as the end of a sentence.
    var complaint: String {
        switch self {
        case .connecting: "did not accept a connection in time"
        case .handshake: "did not finish the TLS handshake in time"
        case .upload: "did not take the upload in time"
        case .header: "did not answer in time"
        case .body: "stopped sending in the middle of the page"
        case .total: "did not send the whole page in time"
        }
    }

    public var description: String {
        switch self {
        case .connecting: "connecting"
        case .handshake: "handshake"
        case .upload: "upload"
        case .header: "header"
        case .body: "body"
        case .total: "total"
        }
    }
}
