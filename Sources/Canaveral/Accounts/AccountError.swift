public import GeminiProtocol

/// Why something was not done with an account; the description is a sentence for the visitor.
public enum AccountError: Error, Sendable, Hashable {
    /// The name is not one; the sentence says why.
    case invalidName(String)
    case nameTaken(String)
    /// The certificate is another account's, or already has one.
    case certificateTaken
    /// There is no such account (any more).
    case noAccount
    /// The code is wrong, has expired or has been used.
    case wrongCode
    case wrongPhrase
    /// Too many codes or phrases were tried; up to this moment none will be.
    case tooManyGuesses(until: Timestamp)
    /// Without it, nobody could come to the account.
    case lastCertificate
    /// The account has no such certificate.
    case noCertificate
    case tooManyCertificates(limit: Int)
    /// The attributes have more bytes than the limit.
    case tooManyAttributes(limit: Int)
}

extension AccountError: AnswerError {
    public var reason: String { self.description }
}

extension AccountError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidName(let reason): reason
        case .nameTaken(let name): "The name \(name) is taken; choose another."
        case .certificateTaken: "This certificate belongs to an account already; come with another one."
        case .noAccount: "There is no such account."
        case .wrongCode: "This code is not valid (any more); make a new one on the other device."
        case .wrongPhrase: "This is no account's recovery phrase; look whether each word is spelt as you wrote it down."
        case .tooManyGuesses(let until): "There were too many attempts; try again after \(until)."
        case .lastCertificate:
            "This is the account's only certificate; pair another device or write down a recovery phrase first."
        case .noCertificate: "The account has no such certificate."
        case .tooManyCertificates(let limit):
            "The account has \(limit) certificates, which is as many as there may be; remove one first."
        case .tooManyAttributes(let limit):
            "The account's attributes are larger than \(limit) bytes; keep large things under a key of their own."
        }
    }
}
