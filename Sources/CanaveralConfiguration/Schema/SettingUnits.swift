/// Sizes as people write them.
enum ByteSize {
    private static let units: [(String, Int)] = [
        ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("tib", 1 << 40),
        ("kb", 1000), ("mb", 1_000_000), ("gb", 1_000_000_000), ("tb", 1_000_000_000_000),
        ("b", 1),
    ]

    static func bytes(of text: String) -> Int? {
        let lowercase = text.lowercased()
        let unit = Self.units.first { lowercase.hasSuffix($0.0) }
        let number = lowercase.dropLast(unit?.0.count ?? 0).filter { $0 != " " }
        guard !number.isEmpty, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(number) else {
            return nil
        }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: unit?.1 ?? 1)
        return overflows ? nil : bytes
    }
}

extension Duration {
    /// A number and a unit: `10s`, `5m`, `2h`, `1d`, `250ms`.
    init?(settingText text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let count = Int64(digits), count <= 1_000_000_000 else { return nil }
        switch text.dropFirst(digits.count).drop(while: { $0 == " " }) {
        case "ms": self = .milliseconds(count)
        case "s", "": self = .seconds(count)
        case "m", "min": self = .seconds(count * 60)
        case "h": self = .seconds(count * 3600)
        case "d": self = .seconds(count * 86_400)
        default: return nil
        }
    }

    /// As it is written in a file.
    var settingText: String {
        let (seconds, attoseconds) = self.components
        guard attoseconds == 0 else { return "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms" }
        if seconds > 0, seconds % 86_400 == 0 { return "\(seconds / 86_400)d" }
        if seconds > 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds > 60 && seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}
