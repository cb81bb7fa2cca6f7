import Canaveral

/// A page as somebody left it.
struct Revision: Sendable {
    let page: PageName
    /// Counted from 1 on.
    let number: Int
    let author: String
    let time: Timestamp
    let text: String

    /// The day of a feed's entry: `2026-11-21`.
    var day: String { String(self.time.description.prefix(10)) }
}
