public import GeminiProtocol

/// What a ``Benchmark`` measured.
public struct BenchmarkReport: Sendable {
    /// Ways for a request to fail.
    public enum FailureKind: String, Sendable, CaseIterable {
        /// The connection was refused.
        case refused
        /// The connection was reset while it was used.
        case reset
        /// There was no whole response in time.
        case timeout
        /// The handshake failed, or what came after it was no TLS.
        case tls
        /// The response ended without close_notify (GP-010).
        case truncated = "no_close_notify"
        /// What came was no Gemini response.
        case badHeader = "bad_header"
        /// The response has another status than was expected.
        case unexpectedStatus = "unexpected_status"
        /// This system could not make the connection: no route, no descriptors, no ports.
        case system
    }

    /// The address and port that were loaded.
    public internal(set) var address = ""

    /// How many requests got the expected response.
    public internal(set) var completed = 0

    /// How many requests failed, by why.
    public internal(set) var failures: [FailureKind: Int] = [:]

    /// For each kind of failure, what was said of the first one.
    public internal(set) var examples: [FailureKind: String] = [:]

    /// How many responses had a status, whether it was the expected one or not.
    public internal(set) var statuses: [Status: Int] = [:]

    /// The bytes of the responses, their headers included.
    public internal(set) var bytes: Int64 = 0

    /// How many handshakes a ticket made short.
    public internal(set) var resumed = 0

    /// Requests that were under way or due when the run was ended before its time; they are counted nowhere else.
    public internal(set) var unfinished = 0

    /// From the end of the warm-up to the end of the last response.
    public internal(set) var elapsed: Duration = .zero

    /// The processor time that the load generator itself used meanwhile, its whole process taken together.
    public internal(set) var processorTime: Duration = .zero

    /// How many threads made the requests.
    public internal(set) var threads = 0

    /// From the first packet to the open TCP connection.
    public internal(set) var connect = Latency()

    /// From the open connection to the end of the TLS handshake.
    public internal(set) var handshake = Latency()

    /// From the request to the first byte of the response.
    public internal(set) var firstByte = Latency()

    /// From when the request was begun, in an open loop was due, to the end of the response.
    public internal(set) var total = Latency()

    /// How many requests failed.
    public var failed: Int {
        self.failures.values.reduce(0, +)
    }

    /// Completed requests a second.
    public var requestsPerSecond: Double {
        self.elapsed > .zero ? Double(self.completed) / (self.elapsed / .seconds(1)) : 0
    }

    /// Bytes of responses a second.
    public var bytesPerSecond: Double {
        self.elapsed > .zero ? Double(self.bytes) / (self.elapsed / .seconds(1)) : 0
    }

    /// The load generator's own processor time for each request.
    public var processorTimePerRequest: Duration {
        let count = self.completed + self.failed
        return count > 0 ? self.processorTime / count : .zero
    }

    /// The share of the threads' time that they were at work, from 0 to 1.
    ///
    /// Near 1 the load generator is what is measured: the figures say little about the server then.
    public var saturation: Double {
        guard self.elapsed > .zero, self.threads > 0 else { return 0 }
        return min(1, self.processorTime / self.elapsed / Double(self.threads))
    }
}
