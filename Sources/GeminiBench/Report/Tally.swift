import GeminiProtocol
import NIOCore

/// What one thread has counted.
struct Tally: Sendable {
    var report = BenchmarkReport()
    /// When the last response was over, or failed.
    var lastEnd: NIODeadline?

    mutating func record(_ outcome: Exchange.Outcome, of exchange: Exchange, isResumed: Bool, at now: NIODeadline) {
        self.lastEnd = now
        if isResumed { self.report.resumed += 1 }
        if let status = exchange.status { self.report.statuses[status, default: 0] += 1 }
        self.report.bytes += Int64(exchange.byteCount)
        switch outcome {
        case .failed(let failure):
            self.fail(failure)
        case .completed:
            self.report.completed += 1
            let times = exchange.times
            if let connected = times.connected {
                self.report.connect.record((connected - times.begun).nanoseconds)
                if let secured = times.secured {
                    self.report.handshake.record((secured - connected).nanoseconds)
                    if let firstByte = times.firstByte {
                        self.report.firstByte.record((firstByte - secured).nanoseconds)
                    }
                }
            }
            self.report.total.record((now - times.due).nanoseconds)
        }
    }

    mutating func fail(_ failure: Failure) {
        self.report.failures[failure.kind, default: 0] += 1
        if self.report.examples[failure.kind] == nil { self.report.examples[failure.kind] = failure.detail }
    }

    mutating func add(_ other: Tally) {
        let theirs = other.report
        self.report.completed += theirs.completed
        self.report.failures.merge(theirs.failures, uniquingKeysWith: +)
        self.report.examples.merge(theirs.examples) { mine, _ in mine }
        self.report.statuses.merge(theirs.statuses, uniquingKeysWith: +)
        self.report.bytes += theirs.bytes
        self.report.resumed += theirs.resumed
        self.report.unfinished += theirs.unfinished
        self.report.connect.add(theirs.connect)
        self.report.handshake.add(theirs.handshake)
        self.report.firstByte.add(theirs.firstByte)
        self.report.total.add(theirs.total)
        self.lastEnd = [self.lastEnd, other.lastEnd].compactMap(\.self).max()
    }
}
