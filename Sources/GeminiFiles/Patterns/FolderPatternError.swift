/// Why a path is no pattern of folders, as one sentence.
public struct FolderPatternError: Error, Hashable, CustomStringConvertible {
    enum Reason: Hashable {
        case noPlaceholder
        case otherBraces
    }

    /// What was given.
    public let pattern: String
    private let placeholder: String
    private let reason: Reason

    init(pattern: String, placeholder: String, reason: Reason) {
        self.pattern = pattern
        self.placeholder = placeholder
        self.reason = reason
    }

    public var description: String {
        switch self.reason {
        case .noPlaceholder:
            "The folder '\(self.pattern)' has no \(self.placeholder) in it, which stands for the name that differs."
        case .otherBraces:
            "The folder '\(self.pattern)' has braces in it, and \(self.placeholder) is all that can stand in braces."
        }
    }
}
