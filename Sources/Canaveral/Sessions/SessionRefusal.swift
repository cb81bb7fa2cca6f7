import GeminiServer

/// Why a visitor has no session.
enum SessionRefusal: ResponseError {
    case noCertificate
    case unreadableKey

    var response: Response {
        switch self {
        case .noCertificate: .failure(.certificateRequired, "This needs a certificate, by which you are remembered.")
        case .unreadableKey: .failure(.certificateNotValid, "The key of your certificate cannot be read.")
        }
    }
}
