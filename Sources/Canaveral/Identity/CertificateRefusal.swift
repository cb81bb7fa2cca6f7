public import GeminiProtocol
public import GeminiServer

/// Why a visitor is not let in: the answers 60, 61 and 62.
public enum CertificateRefusal: ResponseError, Sendable, Hashable, CustomStringConvertible {
    /// There is no certificate; why there should be one (60, GP-151).
    case missing(Meta)
    /// It is not valid before this moment (62, GP-153).
    case notYetValid(until: Timestamp)
    /// It was valid until this moment (62, GP-153).
    case expired(since: Timestamp)
    /// Its times or its key cannot be read (62, GP-153).
    case malformed
    /// It is good, but not for this (61, GP-152).
    case notAuthorized(Meta)

    public var response: Response {
        switch self {
        case .missing(let why): .failure(.certificateRequired, why.text)
        case .notAuthorized(let why): .failure(.certificateNotAuthorized, why.text)
        case .notYetValid, .expired, .malformed: .failure(.certificateNotValid, self.description)
        }
    }

    public var description: String {
        switch self {
        case .missing(let why), .notAuthorized(let why): why.text
        case .notYetValid(let moment): "Your certificate is not valid before \(moment)"
        case .expired(let moment): "Your certificate was valid until \(moment): make a new one"
        case .malformed: "Your certificate cannot be read: make a new one"
        }
    }
}
