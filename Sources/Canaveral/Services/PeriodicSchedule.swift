/// The times of a job that runs once in each period.
struct PeriodicSchedule {
    private var next: Duration
    private let period: Duration

    init(first: Duration, period: Duration) {
        self.next = first
        self.period = period
    }

    /// How long to wait for the next run, and what is to be had by then counts as done. Runs whose time has passed are one.
    mutating func delay(at now: Duration) -> Duration {
        if self.next + self.period <= now {
            let missed = Int(((now - self.next) / self.period).rounded(.down))
            self.next += self.period * missed
        }
        defer { self.next += self.period }
        return max(self.next - now, .zero)
    }
}
