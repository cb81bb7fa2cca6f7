/// Text that is equal to and sorted with other text by its bytes in UTF-8, as databases do it.
///
/// `String` holds a composed and a decomposed é for the same, which the stores must not: one of them would then find what
/// another does not.
struct ExactText: Hashable, Sendable {
    let string: String

    init(_ string: String) {
        self.string = string
    }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.string.utf8.elementsEqual(right.string.utf8)
    }
}

extension ExactText: Comparable {
    static func < (left: ExactText, right: ExactText) -> Bool {
        left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }
}
