/// Why routes cannot be served as they were written, with each place in the source.
///
/// Thrown when a capsule is made, with every problem that there is.
public struct RoutingError: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [RouteProblem]

    public var description: String {
        self.problems.map(\.description).joined(separator: "\n")
    }
}

/// A mistake in the routes of an application.
public enum RouteProblem: Sendable, Hashable, CustomStringConvertible {
    /// Two routes answer for the same requests.
    case clash(path: String, first: SourcePlace, other: String, second: SourcePlace)
    /// A path that cannot be one; the reason is half a sentence.
    case path(String, reason: String, SourcePlace)
    /// A handler that takes other parameters than its path has.
    case parameters(path: String, expected: [String], taken: [String], SourcePlace)

    public var description: String {
        switch self {
        case .clash(let path, let first, let other, let second):
            "The routes \(path) (\(first)) and \(other) (\(second)) answer for the same requests: remove one."
        case .path(let path, let reason, let place):
            "The path '\(path)' (\(place)) \(reason)."
        case .parameters(let path, let expected, let taken, let place):
            "The path \(path) (\(place)) has the parameters (\(expected.joined(separator: ", "))), but its handler takes (\(taken.joined(separator: ", ")))."
        }
    }
}

/// A line of an application's source.
public struct SourcePlace: Sendable, Hashable, CustomStringConvertible {
    public let fileID: String
    public let line: Int

    public init(fileID: String, line: Int) {
        self.fileID = fileID
        self.line = line
    }

    public var description: String {
        "\(self.fileID):\(self.line)"
    }
}
