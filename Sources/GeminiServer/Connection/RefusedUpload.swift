import NIOCore

/// What a client may still send of an upload that was answered before its end: enough that one which reads only when it
/// has sent everything finds the answer (TI-13), and no more.
struct RefusedUpload {
    private var allowance: Int
    private let end: NIODeadline
    private var isFlowing = false

    /// - Parameters:
    ///   - allowance: how many bytes are dropped before the client is cut off.
    ///   - end: until when.
    init(allowance: Int, end: NIODeadline) {
        self.allowance = allowance
        self.end = end
    }

    /// Counts bytes that came and were dropped.
    ///
    /// - Returns: whether there may be more.
    mutating func dropped(_ count: Int) -> Bool {
        self.isFlowing = true
        self.allowance -= count
        return self.allowance >= 0
    }

    /// - Returns: whether bytes have come since the last look, and there is time for more.
    mutating func looked(now: NIODeadline) -> Bool {
        defer { self.isFlowing = false }
        return self.isFlowing && now < self.end
    }
}
