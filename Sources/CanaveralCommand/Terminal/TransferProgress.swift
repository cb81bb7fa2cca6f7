/// A line that says how far a long transfer has come. Nothing is shown of a short one, nor where nobody is looking.
struct TransferProgress {
    let name: String
    /// The bytes that are to be moved, where that is known.
    var total: Int?

    private let progressLine = ProgressLine()
    private let start = ContinuousClock.now
    private var shown: ContinuousClock.Instant?
    private var moved = 0

    /// A transfer that is over before this shows nothing.
    private static let patience = Duration.seconds(1)
    private static let interval = Duration.milliseconds(200)

    init(name: String, total: Int? = nil) {
        self.name = name
        self.total = total
    }

    mutating func add(_ bytes: Int) {
        self.moved += bytes
        let now = ContinuousClock.now
        guard now - self.start > Self.patience, self.shown.map({ now - $0 > Self.interval }) ?? true else { return }
        self.shown = now
        let figures = self.figures(at: now)
        // Of the two, the name is what may be cut.
        let name = Terminal.harmless(self.name).prefix(columns: max(self.progressLine.width - figures.columns - 2, 1))
        self.progressLine.show("\(name)  \(figures)")
    }

    /// Takes the line away.
    func end() {
        if self.shown != nil { self.progressLine.clear() }
    }

    private func figures(at now: ContinuousClock.Instant) -> String {
        let seconds = max((now - self.start) / .seconds(1), 0.001)
        let rate = "\(ByteCount(Int(Double(self.moved) / seconds)))/s"
        guard let total, total > 0 else { return "\(ByteCount(self.moved))  \(rate)" }
        let percent = self.moved * 100 / total
        return "\(percent) % of \(ByteCount(total))  \(rate)"
    }
}
