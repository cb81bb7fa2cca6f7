package import GeminiProtocol

/// What is worth telling the operator about an identity that works.
package enum IdentityWarning: Hashable, Sendable {
    case keyReadableByOthers(path: String, mode: UInt32)
    /// Only where an expired certificate was asked for.
    case expired(path: String, since: Timestamp)
    /// Only where a certificate that is not yet valid was asked for.
    case notYetValid(path: String, until: Timestamp)
    /// No subjectAltName; clients that check names find none.
    case noNames(path: String)
    /// A certificate of an authority in the state directory, which only the authority can extend to these names.
    case namesNotCovered(path: String, names: [String])
    /// The certificate that was there before was for these names too.
    case namesDropped(path: String, names: [String])
    /// It was renewed, but the new certificate is in memory alone; the next start renews again, with the same key.
    case notSaved(IdentityError)
}

extension IdentityWarning: CustomStringConvertible {
    package var description: String {
        switch self {
        case .keyReadableByOthers(let path, let mode):
            "Other users can read the private key in \(path) (mode \(String(mode, radix: 8))): run 'chmod 600 \(path)'."
        case .expired(let path, let since):
            "The certificate in \(path) expired at \(since)."
        case .notYetValid(let path, let until):
            "The certificate in \(path) is not valid before \(until)."
        case .noNames(let path):
            "The certificate in \(path) has no subjectAltName: clients that check the host name refuse it."
        case .namesNotCovered(let path, let names):
            "The certificate in \(path) is not for \(names.joined(separator: ", ")): have its issuer add that."
        case .namesDropped(let path, let names):
            "The new certificate in \(path) is no longer for \(names.joined(separator: ", ")): check that this is meant."
        case .notSaved(let error):
            "The renewed certificate is used but not saved: \(error)"
        }
    }
}
