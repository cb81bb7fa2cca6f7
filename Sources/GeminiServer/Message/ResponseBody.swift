public import NIOCore

/// The document of a response, and how it is produced.
public enum ResponseBody: Sendable {
    case empty

    /// Bytes at hand. Large ones leave in pieces, as the client takes them.
    case bytes(ByteBuffer)

    /// An open file, from its beginning to the length that it had when it was opened.
    ///
    /// If it turns out shorter, the connection ends without close_notify, so that the client can tell (GP-011).
    case file(OpenFile)

    /// Whatever the closure writes, as it writes it. The body ends when the closure returns. If it throws, the
    /// connection ends without close_notify (GP-011).
    ///
    /// ```swift
    /// .stream { writer in
    ///     for try await line in lines {
    ///         try await writer.write(line)
    ///     }
    /// }
    /// ```
    case stream(@Sendable (ResponseWriter) async throws -> Void)
}

extension ResponseBody {
    /// Whether the body is still to be produced.
    var isStream: Bool {
        if case .stream = self { true } else { false }
    }
}
