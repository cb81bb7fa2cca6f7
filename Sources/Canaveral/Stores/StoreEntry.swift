public import GeminiProtocol

/// What a store answers to a read: an item, and which of the key's values it is.
public struct StoreEntry: Sendable, Hashable {
    public let item: StoreItem
    /// To be named as a condition by a transaction that goes by what was read.
    public let version: StoreVersion

    public init(_ item: StoreItem, version: StoreVersion) {
        self.item = item
        self.version = version
    }

    public var value: [UInt8] { self.item.value }

    public var expires: Timestamp? { self.item.expires }
}
