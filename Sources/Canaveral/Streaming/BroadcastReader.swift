/// Somebody who reads a ``Broadcast``.
public struct BroadcastReader: Sendable, Hashable, Identifiable {
    /// A number of the reader's own; who came later has a higher one.
    public let id: Int

    /// What the reader joined as. Several may have one name: a visitor can have a page open twice.
    public let name: String
}

/// What a ``Broadcast`` can tell about who is there.
public enum BroadcastPresence: Sendable, Hashable {
    case joined(BroadcastReader)
    /// The reader left, or was dropped for being slow.
    case left(BroadcastReader)
}
