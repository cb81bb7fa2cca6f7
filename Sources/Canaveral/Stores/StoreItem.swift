public import GeminiProtocol

/// What a store keeps under a key: bytes, and until when.
public struct StoreItem: Sendable, Hashable {
    public var value: [UInt8]
    /// From when on there is no such value; `nil` when it stays until it is deleted.
    public var expires: Timestamp?

    public init(_ value: [UInt8], expires: Timestamp? = nil) {
        self.value = value
        self.expires = expires
    }
}
