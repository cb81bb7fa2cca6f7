import Canaveral

/// What a page is called in its address: small letters, digits and hyphens, so that each page has one address, and one
/// folder.
struct PageName: PathParameter, Hashable, Comparable {
    let text: String

    init?(pathParameter text: String) {
        let allowed = text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
        }
        guard allowed, (1...64).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    var pathParameter: String { self.text }

    static func < (left: PageName, right: PageName) -> Bool { left.text < right.text }
}
