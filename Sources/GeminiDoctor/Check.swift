import GeminiProbe

/// One question to a server, and how its answer is judged.
package struct Check: Sendable {
    /// What the checks are grouped by, in the order of reports.
    package enum Theme: String, Sendable, Hashable, CaseIterable {
        case tls = "TLS"
        case certificate = "Certificate"
        case requests = "Requests"
        case urls = "URLs"
        case paths = "Paths"
        case titan = "Titan"
        case responses = "Responses"
        case redirects = "Redirects"
        case closing = "Closing"
        case load = "Several clients"
        case timing = "Timing"
    }

    /// When a check runs.
    package enum Pace: Sendable, Hashable, CaseIterable {
        /// It is answered at once: a few of them run at a time.
        case prompt
        /// It mostly waits: all of them run at the same time.
        case waiting
        /// It needs the server for itself.
        case alone
        /// It looks at what all others have seen.
        case last
    }

    /// Its name on the command line, such as `fragment`.
    package let id: String
    /// The requirements that it covers, such as `GP-045`.
    package let rows: [String]
    /// What ought to be so.
    package let title: String
    package let theme: Theme
    package let pace: Pace
    /// Whether it can be asked of other people's servers: neither a flood, nor a long wait, nor what looks like an
    /// attack.
    package let isGentle: Bool

    let examine: @Sendable (Examination, Examination.Home) throws(ProbeError) -> [Finding]

    init(
        _ id: String,
        _ rows: [String],
        _ title: String,
        theme: Theme,
        pace: Pace = .prompt,
        isGentle: Bool = true,
        examine: @escaping @Sendable (Examination, Examination.Home) throws(ProbeError) -> [Finding]
    ) {
        self.id = id
        self.rows = rows
        self.title = title
        self.theme = theme
        self.pace = pace
        self.isGentle = isGentle
        self.examine = examine
    }

    /// Whether this is its name or one of its rows, in either case.
    package func isNamed(_ name: String) -> Bool {
        ([self.id] + self.rows).contains { $0.lowercased() == name.lowercased() }
    }
}
