/// The order of the files in a listing. Folders always come before files, by name.
///
///     ListingOrder("-time")   // the newest first
public struct ListingOrder: Sendable, Hashable {
    /// What files are ordered by; where it is the same for two of them, the name decides.
    public enum Key: String, Sendable, CaseIterable {
        /// The bytes of the name.
        case name
        /// The time of the last change, the oldest first. The day is shown before each file's name, in UTC, so that
        /// feed readers take the listing for a page to subscribe to (SB-04).
        case time
        /// The length, the smallest first. It is shown behind each file's name.
        case size
    }

    /// What files are ordered by.
    public var key: Key

    /// Whether the order is turned round; by name, that of folders too.
    public var isReversed: Bool

    public init(_ key: Key = .name, reversed isReversed: Bool = false) {
        self.key = key
        self.isReversed = isReversed
    }
}

extension ListingOrder: LosslessStringConvertible {
    /// Reads `name`, `time` or `size`, with a minus before it for the reverse; `nil` for anything else.
    public init?(_ description: String) {
        let isReversed = description.utf8.first == UInt8(ascii: "-")
        guard let key = Key(rawValue: String(description.dropFirst(isReversed ? 1 : 0))) else { return nil }
        self.init(key, reversed: isReversed)
    }

    /// The order as it is written in a configuration.
    public var description: String {
        (self.isReversed ? "-" : "") + self.key.rawValue
    }
}
