/// Writes metrics as the text of OpenMetrics 1.0.
struct OpenMetricsText {
    /// The media type of the text.
    static let contentType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    /// The endings of names that are units and are told as such.
    private static let units = ["seconds", "bytes"]

    private var text = ""

    /// Appends one family of metrics, which nothing of another may interrupt.
    mutating func append(_ metric: CollectedMetric) {
        guard !metric.samples.isEmpty else { return }
        self.text += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
        if let unit = Self.units.first(where: { metric.name.hasSuffix("_\($0)") }) {
            self.text += "# UNIT \(metric.name) \(unit)\n"
        }
        if let help = metric.help {
            self.text += "# HELP \(metric.name) \(Self.escaped(help))\n"
        }
        for sample in metric.samples {
            self.text += "\(metric.name)\(sample.suffix)"
            if !sample.labels.isEmpty {
                let labels = sample.labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
                self.text += "{\(labels.joined(separator: ","))}"
            }
            switch sample.value {
            case .whole(let number): self.text += " \(number)\n"
            case .real(let number): self.text += " \(Self.number(number))\n"
            }
        }
    }

    /// The whole text with its end.
    consuming func finished() -> String {
        self.text + "# EOF\n"
    }

    /// A number that is read back as the same one.
    static func number(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number > 0 ? "+Inf" : "-Inf" }
        return number.description
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
