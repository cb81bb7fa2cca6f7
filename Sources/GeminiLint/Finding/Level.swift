/// How bad a ``Finding`` is.
public enum Level: String, Sendable, CaseIterable, Comparable {
    /// Nothing is wrong, but its author may want to know.
    case note
    /// Some visitors are worse off.
    case warning
    /// A visitor cannot get there, or the page breaks a rule of the protocol.
    case error

    public static func < (left: Level, right: Level) -> Bool {
        left.severity < right.severity
    }

    private var severity: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}
