/// Keys and their values, in the order in which they first appear.
///
/// Keys are the same where their bytes are: of two spellings of "é", each is a key.
package struct TOMLTable: Sendable {
    package struct Entry: Sendable {
        package var key: String
        package var node: TOMLNode

        package init(_ key: String, _ node: TOMLNode) {
            self.key = key
            self.node = node
        }
    }

    package let entries: [Entry]
    private let places: [ExactText: Int]

    /// - Parameter entries: with keys that all differ.
    package init(_ entries: [Entry]) {
        let places = entries.enumerated().map { (ExactText($1.key), $0) }
        self.init(entries, places: Dictionary(places) { first, _ in first })
    }

    init(_ entries: [Entry], places: [ExactText: Int]) {
        self.entries = entries
        self.places = places
    }

    package subscript(key: String) -> TOMLNode? {
        self.places[ExactText(key)].map { self.entries[$0].node }
    }
}

/// A text that is equal to another where their bytes are.
struct ExactText: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (one: ExactText, other: ExactText) -> Bool {
        one.text.utf8.elementsEqual(other.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(self.text.utf8.count)
        for byte in self.text.utf8 { hasher.combine(byte) }
    }
}
