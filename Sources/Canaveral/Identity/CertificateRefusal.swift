public import GeminiServer

/// What keeps a visitor out for the certificate that their client showed, or did not.
public enum CertificateRefusal: ResponseError, Hashable {
    case required(String?)
    case notYetValid
    case expired

    public var response: Response {
        switch self {
        case .required(let reason): .failure(.certificateRequired, reason)
        case .notYetValid: .failure(.certificateNotValid, "Your certificate is not valid yet.")
        case .expired: .failure(.certificateNotValid, "Your certificate has expired: make a new one.")
        }
    }
}
