/// The name of a value in a ``Store``: a space, which is one kind of value, and an identifier in it.
///
/// Two keys are the same when their bytes in UTF-8 are. The spaces `sessions`, `conversations` and those that begin with
/// `accounts` are the framework's.
public struct StoreKey: Sendable, Hashable {
    /// The kind of value, such as `carts`.
    public let space: String
    /// Which of its kind; any text.
    public let id: String

    public init(space: String, id: String) {
        self.space = space
        self.id = id
    }

    public static func == (left: StoreKey, right: StoreKey) -> Bool {
        ExactText(left.id) == ExactText(right.id) && ExactText(left.space) == ExactText(right.space)
    }
}

extension StoreKey: Comparable {
    /// The order of the bytes of the spaces, then of the identifiers.
    public static func < (left: StoreKey, right: StoreKey) -> Bool {
        let (leftSpace, rightSpace) = (ExactText(left.space), ExactText(right.space))
        return leftSpace == rightSpace ? ExactText(left.id) < ExactText(right.id) : leftSpace < rightSpace
    }
}

extension StoreKey: CustomStringConvertible {
    public var description: String { "\(self.space)/\(self.id)" }
}
