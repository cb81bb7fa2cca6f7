/// What a test waited for on its clock in vain.
public enum ManualClockError: Error, Hashable, CustomStringConvertible {
    case nobodySleeps(expected: Int, sleeping: Int)

    public var description: String {
        switch self {
        case .nobodySleeps(let expected, let sleeping):
            "\(sleeping) of \(expected) tasks sleep on the test's clock: have them wait with the environment's sleep."
        }
    }
}
