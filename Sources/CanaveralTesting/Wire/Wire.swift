/// The way from a test to its capsule.
protocol Wire: Sendable {
    /// Sends a request.
    ///
    /// - Returns: where the response comes in, at the pace of its reader.
    func send(_ call: Call) async throws -> Inbox
}
