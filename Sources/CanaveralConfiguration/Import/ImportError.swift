/// A peer's command line or file that cannot be read at all. Each description is one sentence.
package enum ImportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A command line that the peer would refuse; the reason is a sentence without its full stop.
    case commandLine(String)
    /// A file that the peer would refuse, from a line of it; the reason is half a sentence.
    case syntax(SourcePlace, String)
    /// A file that is not there, or not text; the reason is half a sentence.
    case file(String, reason: String)

    package var description: String {
        switch self {
        case .commandLine(let reason): "\(reason)."
        case .syntax(let place, let reason): "\(place): \(reason)."
        case .file(let path, let reason): "\(path) \(reason)."
        }
    }
}
