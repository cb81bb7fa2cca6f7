/// Why a store did not do what it was asked.
public enum StoreError: Error, Sendable, Hashable {
    /// There is no room; the sentence says what the limit is.
    case full(String)
    /// Others changed the same keys each time that it was tried.
    case contended(attempts: Int)
    /// What is under the key is not of the type that it was read as, or a value does not go into bytes.
    case notCodable(StoreKey, type: String, reason: String)
    /// The store itself fails; the sentence says of what.
    case unavailable(String)
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .full(let reason):
            reason
        case .contended(let attempts):
            "The transaction was tried \(attempts) times, and each time another had changed what it goes by; "
                + "spread the values over more keys."
        case .notCodable(let key, let type, let reason):
            "The value of \(key) cannot be kept as \(type): \(reason)"
        case .unavailable(let reason):
            reason
        }
    }
}
