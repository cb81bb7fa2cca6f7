/// What becomes of a reader for whom more messages wait than a ``Broadcast`` keeps for one.
public struct SlowReaderPolicy<Message: Sendable>: Sendable {
    enum Kind: Sendable {
        case drop(last: Message?)
        case skipOldest
        case skipNewest
    }

    let kind: Kind
    /// What a reader is told in the place of so many messages.
    let notice: (@Sendable (_ missed: Int) -> Message?)?

    /// The reader's messages end, and it is no longer counted as there.
    public static var drop: SlowReaderPolicy {
        .drop(last: nil)
    }

    /// The reader gets one last message in the place of those that wait; then its messages end, and it is no longer
    /// counted as there.
    public static func drop(last: Message?) -> SlowReaderPolicy {
        SlowReaderPolicy(kind: .drop(last: last), notice: nil)
    }

    /// The oldest that wait are lost: right where only the present matters, such as a score.
    public static var skipOldest: SlowReaderPolicy {
        SlowReaderPolicy(kind: .skipOldest, notice: nil)
    }

    /// The newest are lost until there is room again.
    public static var skipNewest: SlowReaderPolicy {
        SlowReaderPolicy(kind: .skipNewest, notice: nil)
    }

    /// The oldest that wait are lost, and the reader is told.
    ///
    /// - Parameter notice: makes a message of the number that was lost, which stands where they would have; it must not
    ///   use the broadcast.
    public static func skipOldest(notice: @escaping @Sendable (_ missed: Int) -> Message?) -> SlowReaderPolicy {
        SlowReaderPolicy(kind: .skipOldest, notice: notice)
    }

    /// The newest are lost until there is room again, and the reader is told.
    ///
    /// - Parameter notice: as of ``skipOldest(notice:)``.
    public static func skipNewest(notice: @escaping @Sendable (_ missed: Int) -> Message?) -> SlowReaderPolicy {
        SlowReaderPolicy(kind: .skipNewest, notice: notice)
    }
}
