import GeminiProtocol

extension Listing {
    /// The page in gemtext. Links are relative, so that they hold wherever the folder is mounted.
    var page: [UInt8] {
        var page = Gemtext()
        if self.header == nil {
            page.heading(1, "/" + self.path.components.map { Self.text($0) + "/" }.joined())
            page.blank()
        }
        if !self.path.isRoot {
            page.link("../", "..")
        }
        for item in self.items {
            page.link(
                PercentEncoding.relativeReference(toName: item.name, isDirectory: item.isFolder),
                self.label(of: item)
            )
        }
        if self.items.isEmpty {
            page.text("This folder is empty.")
        }
        return (self.header ?? []) + page.bytes + (self.footer ?? [])
    }

    private func label(of item: Item) -> String {
        guard !item.isFolder else { return Self.text(item.name) + "/" }
        let name = item.title ?? Self.text(item.name)
        return switch self.order.key {
        case .name: name
        case .time: item.modified.map { "\($0.timestamp.date) \(name)" } ?? name
        case .size: item.size.map { "\(name) (\(Self.size($0)))" } ?? name
        }
    }

    /// The name for a reader's eye. Characters that only steer the display, such as direction marks, could show a name
    /// as another: they are shown as unknown.
    private static func text(_ name: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: name, as: UTF8.self).unicodeScalars {
            text.append(scalar.properties.generalCategory == .format ? "\u{FFFD}" : scalar)
        }
        return String(text)
    }

    /// A length for a reader's eye: at most three digits before the point, and one behind it where there is one before.
    static func size(_ bytes: Int64) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var (whole, rest) = bytes.quotientAndRemainder(dividingBy: 1024)
        var units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"][...]
        while whole >= 1000, units.count > 1 {
            (whole, rest) = whole.quotientAndRemainder(dividingBy: 1024)
            units.removeFirst()
        }
        let tenths = rest * 10 / 1024
        let number = whole < 10 && tenths > 0 ? "\(whole).\(tenths)" : "\(whole)"
        return "\(number) \(units.first ?? "B")"
    }
}
