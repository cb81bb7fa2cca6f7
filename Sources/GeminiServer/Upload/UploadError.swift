import GeminiProtocol

/// Why the body of an upload cannot be had. Thrown on by a responder, each is answered with 59 (TI-15, TI-16); then
/// nothing of the upload must have been stored.
public enum UploadError: ResponseError, Hashable {
    /// The size that the client announced is above the limit, in bytes.
    case tooLarge(limit: Int)
    /// The client ended its side, or went away, before all of the bytes had come.
    case incomplete
    /// More bytes came than the size that the client announced.
    case tooLong
    /// The client sent nothing for ``Limits/stallTimeout`` while it was waited for.
    case stalled
    /// The upload took longer than ``Limits/uploadTimeout``.
    case timedOut
    /// Bytes follow a request to edit, which has no body (TI-33).
    case editWithBody

    /// 59 with the description.
    public var response: Response {
        .failure(.badRequest, self.description)
    }
}

extension UploadError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let limit): "The upload is larger than the \(limit) bytes that are taken here."
        case .incomplete: "The upload ended before all of its bytes had come."
        case .tooLong: "The upload has more bytes than its size says."
        case .stalled: "The upload stopped."
        case .timedOut: "The upload took too long."
        case .editWithBody: "A request to edit has no body, and bytes follow this one."
        }
    }
}
