extension Check {
    /// Every check, in the order of reports.
    package static let all: [Check] =
        tls + certificate + requests + urls + paths + titan + responses + redirects + closing + load + timing
}
