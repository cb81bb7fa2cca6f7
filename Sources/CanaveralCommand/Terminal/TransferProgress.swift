import Synchronization

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
        self.progressLine.show(self.line(at: now))
    }

    /// Takes the line away.
    func end() {
        if self.shown != nil { self.progressLine.clear() }
    }

    private func line(at now: ContinuousClock.Instant) -> String {
        let seconds = max((now - self.start) / .seconds(1), 0.001)
        let rate = "\(ByteCount(Int(Double(self.moved) / seconds)))/s"
        guard let total, total > 0 else { return "\(self.name)  \(ByteCount(self.moved))  \(rate)" }
        let percent = self.moved * 100 / total
        return "\(self.name)  \(percent) % of \(ByteCount(total))  \(rate)"
    }
}

/// A number of bytes as people write it.
struct ByteCount: CustomStringConvertible {
    let bytes: Int

    init(_ bytes: Int) {
        self.bytes = bytes
    }

    var description: String {
        guard self.bytes >= 1024 else { return "\(self.bytes) B" }
        var value = Double(self.bytes)
        var unit = 0
        while value >= 1024, unit < 4 {
            value /= 1024
            unit += 1
        }
        let tenths = Int(value * 10)
        return "\(tenths / 10).\(tenths % 10) \(["B", "KiB", "MiB", "GiB", "TiB"][unit])"
    }
}

/// The progress of a transfer that is told from wherever its pieces are sent.
final class SharedProgress: Sendable {
    private let progress: Mutex<TransferProgress>

    init(_ progress: TransferProgress) {
        self.progress = Mutex(progress)
    }

    func add(_ bytes: Int) {
        self.progress.withLock { $0.add(bytes) }
    }

    func end() {
        self.progress.withLock { $0.end() }
    }
}
