import GeminiDoctor

extension Doctor.Progress {
    /// How far an examination is.
    var line: String {
        let current = self.running.last.map { ": \($0)" } ?? ""
        return "\(self.finished) of \(self.total)\(current)"
    }
}
