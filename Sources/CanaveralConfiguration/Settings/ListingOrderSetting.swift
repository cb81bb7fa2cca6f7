/// How listings are sorted.
package struct ListingOrderSetting: Hashable, Sendable {
    package enum Key: String, Hashable, Sendable, CaseIterable {
        case name, time, size
    }

    package var key: Key
    package var isDescending = false

    package init(_ key: Key, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }
}

extension ValueForm where Value == ListingOrderSetting {
    static var listingOrder: ValueForm {
        ValueForm("\"name\", \"time\" or \"size\", with a minus before it for the other way round") { node in
            guard case .string(let text) = node else { return nil }
            let isDescending = text.hasPrefix("-")
            return ListingOrderSetting.Key(rawValue: isDescending ? String(text.dropFirst()) : text)
                .map { ListingOrderSetting($0, isDescending: isDescending) }
        }
    }
}
