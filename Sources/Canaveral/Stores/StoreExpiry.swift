public import GeminiProtocol

/// Until when a written value is kept.
public enum StoreExpiry: Sendable, Hashable {
    /// As long as what it replaces; for ever when it replaces nothing.
    case unchanged
    /// Until it is deleted.
    case never
    /// Up to this moment, from which on it is absent.
    case at(Timestamp)

    func moment(replacing item: StoreItem?) -> Timestamp? {
        switch self {
        case .unchanged: item?.expires
        case .never: nil
        case .at(let moment): moment
        }
    }
}
