/// What a reload may exchange while the server runs.
struct ServiceState {
    var logs: ServiceLogs
    var metrics: ServiceMetrics
    /// For the responses that are under way at the end.
    var grace: Duration
    /// The titles of the hosts.
    var hosts: Set<String>
}
