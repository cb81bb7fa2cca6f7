import GeminiDoctor

/// The colours of a report on a terminal (https://no-color.org).
enum DoctorPalette {
    @Sendable
    static func styled(_ text: String, _ style: TextReport.Style) -> String {
        guard Terminal.resultIsStyled else { return text }
        let code =
            switch style {
            case .heading: "1"
            case .violation: "1;31"
            case .warning: "33"
            case .good: "32"
            case .dim: "2"
            case .note: "0"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
