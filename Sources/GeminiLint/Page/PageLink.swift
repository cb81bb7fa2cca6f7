/// A link as it stands on a page.
struct PageLink: Sendable, Hashable {
    /// The address as it was written.
    var target: String
    var label: String?
    /// From 1.
    var line: Int
    /// Where the address begins, in Unicode scalars, from 1.
    var column: Int
}
