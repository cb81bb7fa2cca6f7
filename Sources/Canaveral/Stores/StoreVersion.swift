/// Which of the values that a key has had one is. No two writes to a store give the same, so that a value that was
/// deleted and written anew is another.
public struct StoreVersion: Sendable, Hashable {
    /// The number of the write, which grows.
    public let number: Int64

    /// For stores; an application gets versions by reading.
    public init(number: Int64) {
        self.number = number
    }
}
