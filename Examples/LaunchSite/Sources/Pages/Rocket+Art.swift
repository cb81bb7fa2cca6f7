import Canaveral

extension Rocket {
    /// A drawing in colours, as tall as the rocket.
    func art(flying: Bool = false) -> String {
        var lines = ["    /\\", "   /  \\"].map { Self.paint($0, 31) }
        for tanks in self.stages.reversed() {
            lines += Array(repeating: Self.paint("   |  |", 37), count: tanks)
            lines.append(Self.paint("   [==]", 36))
        }
        if self.has(.fins) { lines[lines.count - 1] = Self.paint("  /[==]\\", 36) }
        lines += flying ? Self.flame : [Self.paint("  _/  \\_", 90), Self.paint("=============", 90)]
        return lines.joined(separator: "\n")
    }

    private static let flame = [
        Self.paint("    \\/", 33), Self.paint("    ||", 91), Self.paint("   ( . )", 90), Self.paint(" (  . .  )", 90),
    ]

    private static func paint(_ text: String, _ colour: Int) -> String {
        "\u{1B}[\(colour)m\(text)\u{1B}[0m"
    }

    /// The drawing for a page, and for those who do not see it.
    func picture(flying: Bool = false, _ taste: Taste) -> Preformatted {
        let stages = self.stages.count == 1 ? "one stage" : "\(self.stages.count) stages"
        let alt = "A rocket of \(stages), \(flying ? "on its flame" : "on the pad")"
        return Preformatted(self.art(flying: flying), alt: alt, colours: taste.colours)
    }
}
