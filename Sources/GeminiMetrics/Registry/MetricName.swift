/// Names as OpenMetrics allows them: letters, digits, underscores and, in names of metrics, colons; no digit in front.
enum MetricName {
    /// The endings that a kind of metric, or a line of it, brings with it.
    private static let reservedEndings = ["_total", "_created", "_bucket", "_count", "_sum", "_info"]

    /// The name of a family: what a label has at its end that its kind brings with it comes off.
    static func sanitized(_ label: String, ending: String = "", of kind: CollectedMetric.Kind) -> String {
        var name = self.replacing(label) { $0.isNameByte || $0 == UInt8(ascii: ":") }
        if kind != .gauge {
            for ending in self.reservedEndings where name.hasSuffix(ending) && name.utf8.count > ending.utf8.count {
                name.removeLast(ending.count)
                break
            }
        }
        return name.hasSuffix(ending) ? name : name + ending
    }

    /// `le` is what the buckets of histograms are told apart by.
    static func sanitizedLabel(_ label: String) -> String {
        let name = self.replacing(label, where: \.isNameByte)
        return name == "le" || name == "quantile" ? "_\(name)" : name
    }

    private static func replacing(_ text: String, where isAllowed: (UInt8) -> Bool) -> String {
        var bytes = text.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        if bytes.first.map({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) ?? true {
            bytes.insert(UInt8(ascii: "_"), at: 0)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default:
            false
        }
    }
}
