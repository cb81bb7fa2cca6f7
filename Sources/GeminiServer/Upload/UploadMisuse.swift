/// A fault of the responder that reads an upload, not of the client: it is logged, and the client gets 40.
public enum UploadMisuse: Error, Hashable, CustomStringConvertible {
    /// The body was read a second time.
    case readTwice
    /// The body was read after the response had begun; what was left of it is dropped from then on (TI-13).
    case answered

    public var description: String {
        switch self {
        case .readTwice: "The body of an upload can be read once: keep what was read."
        case .answered: "The upload was answered before its body was read: read the body before you return a response."
        }
    }
}
