/// How far a check has come.
public struct CheckProgress: Sendable, Hashable {
    /// Pages of gemtext that were read.
    public var pages = 0

    /// Links whose target was looked at.
    public var targets = 0

    /// What is looked at now.
    public var current = ""
}
