/// Why there was nothing to examine.
package enum DoctorError: Error, Sendable, Hashable {
    /// Only `gemini` URLs name something that can be examined.
    case scheme(String)
    /// The host has no address.
    case unresolvable(String)
    /// Nobody speaks there, or not TLS, or not Gemini.
    case unreachable(String)
    /// What to run leaves nothing to run.
    case nothingToDo
}

extension DoctorError: CustomStringConvertible {
    /// One sentence.
    package var description: String {
        switch self {
        case .scheme(let scheme): "Only gemini:// URLs can be examined, not \(scheme)://."
        case .unresolvable(let reason): "The server cannot be found: \(reason)."
        case .unreachable(let reason): "The server cannot be examined: \(reason)."
        case .nothingToDo: "No check is left to run: name fewer in --skip, or others in --only."
        }
    }
}
