public import GeminiProtocol

extension Feed {
    /// The feed as a page that can be subscribed to: title, subtitle, and a link for each entry, the newest first, whose
    /// label begins with its date (SB-01 to SB-09).
    ///
    /// Of several entries with one address only the first is there, and none of a year that four digits do not hold.
    public var subscriptionPage: Gemtext {
        var page = Gemtext()
        if let title = self.title?.asOneLine.unlessEmpty {
            page.heading(1, title)
            page.blank()
            if let subtitle = self.subtitle?.asOneLine.unlessEmpty {
                page.heading(2, subtitle)
                page.blank()
            }
        }
        var seen: Set<String> = []
        for entry in self.newestFirst where entry.updated.hasFourDigitYear {
            let link = entry.link.normalized()
            guard seen.insert(link.description).inserted else { continue }
            page.link(to: Link.Target(link), "\(entry.updated.date) \(entry.labelTitle)")
        }
        return page
    }

    /// The entries from the newest to the oldest; those of one moment in their order.
    var newestFirst: [FeedEntry] {
        self.entries.enumerated()
            .sorted { ($1.element.updated, $0.offset) < ($0.element.updated, $1.offset) }
            .map(\.element)
    }
}

extension Timestamp {
    fileprivate var hasFourDigitYear: Bool {
        (0...9999).contains(self.components.year)
    }
}
