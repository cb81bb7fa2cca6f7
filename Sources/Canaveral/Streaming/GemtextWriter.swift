public import GeminiProtocol
public import GeminiServer

/// Writes a page of gemtext while it comes about. Any task.
///
/// ```swift
/// routes.page("/countdown") { context in
///     .stream { page in
///         try await page.write("# Countdown")
///         for second in (1...10).reversed() {
///             try await page.write("\(second)")
///             try await context.environment.sleep(.seconds(1))
///         }
///         try await page.write("Lift-off!")
///     }
/// }
/// ```
///
/// What is written leaves for the client at once. Each write returns when there is room for more, so that a page is
/// written at the pace of its reader.
public struct GemtextWriter: Sendable {
    /// What is beneath, for bytes that are gemtext already.
    public let response: ResponseWriter

    public init(_ response: ResponseWriter) {
        self.response = response
    }

    /// Sends these lines.
    ///
    /// - Throws: `ChannelError.ioOnClosedChannel` once the client has left, and `CancellationError`.
    public func write(_ lines: Gemtext) async throws {
        guard !lines.isEmpty else { return }
        try await self.response.write(lines.streamBytes)
    }
}
