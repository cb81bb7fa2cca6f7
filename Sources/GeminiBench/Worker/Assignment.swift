import NIOCore

/// What one thread is to do.
struct Assignment: Sendable {
    var plan: BenchmarkPlan
    var address: SocketAddress
    /// The request line with its CRLF.
    var request: [UInt8]
    var connections: Int
    var pace: Pace
    /// What is due from then on is counted.
    var measuring: NIODeadline
}
