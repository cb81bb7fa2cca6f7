/// The dated links of a page, if a feed reader would take it for a feed (SB-04).
struct SubscriptionLint {
    private(set) var findings: [Finding] = []

    init(_ links: [PageLink], page: String) {
        var targets: [String: Int] = [:]
        var last: Substring?
        for link in links {
            guard let date = link.label.flatMap(Self.date) else { continue }
            if let first = targets[link.target] {
                self.findings.append(
                    Finding(
                        .repeatedEntry,
                        page: page,
                        line: link.line,
                        column: link.column,
                        target: link.target,
                        "The entry has the address of the one in line \(first), so that readers take both for one."
                    )
                )
            }
            targets[link.target] = targets[link.target] ?? link.line
            if let last, date > last {
                self.findings.append(
                    Finding(
                        .entryOrder,
                        page: page,
                        line: link.line,
                        column: link.column,
                        target: link.target,
                        "The entry is newer than the one before it: entries stand newest first."
                    )
                )
            }
            last = date
        }
    }

    /// The date at the start of a label, which something other than a digit has to follow (SB-09).
    private static func date(_ label: String) -> Substring? {
        let bytes = Array(label.utf8.prefix(11))
        guard bytes.count == 11, !Self.isDigit(bytes[10]) else { return nil }
        for (index, byte) in bytes.prefix(10).enumerated() {
            guard index == 4 || index == 7 ? byte == UInt8(ascii: "-") : Self.isDigit(byte) else { return nil }
        }
        guard bytes[5] <= UInt8(ascii: "1"), bytes[8] <= UInt8(ascii: "3") else { return nil }
        return label.prefix(10)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
