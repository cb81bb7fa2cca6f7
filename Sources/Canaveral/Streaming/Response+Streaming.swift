public import GeminiProtocol
public import GeminiServer

extension Response {
    /// A page of gemtext that is written while it is read.
    ///
    /// The page ends when the closure returns. If it throws, the connection is cut without close_notify, so that the
    /// client can tell that there was to be more (GP-011).
    ///
    /// The closure's task is cancelled when the reader's connection is gone, whatever it waits for then. A client that
    /// only closes its own side may still be reading, and is not known to have left before something is written to it:
    /// a page on which nothing happens for long should write a line now and then.
    public static func stream(
        _ produce: @escaping @Sendable (GemtextWriter) async throws -> Void
    ) -> Response {
        .stream(.gemtext) { try await produce(GemtextWriter($0)) }
    }

    /// A document of any type that is written while it is read: see ``stream(_:)``.
    public static func stream(
        _ type: MediaType,
        _ produce: @escaping @Sendable (ResponseWriter) async throws -> Void
    ) -> Response {
        .success(type, .stream(produce))
    }

    /// A page of gemtext in the pieces of a sequence, as they come.
    ///
    /// The sequence is asked for its next piece when there is room for it. Its end is the end of the page, and its error
    /// cuts the connection; when the reader leaves, the task that waits for the next piece is cancelled.
    public static func stream<Pieces: AsyncSequence & Sendable>(from pieces: Pieces) -> Response
    where Pieces.Element == Gemtext {
        .stream(.gemtext, from: pieces)
    }

    /// A document of any type in the pieces of a sequence, as they come: see ``stream(from:)``.
    ///
    /// ```swift
    /// .stream(.plainText, from: log.lines.map { $0 + "\n" })
    /// ```
    public static func stream<Pieces: AsyncSequence & Sendable>(_ type: MediaType, from pieces: Pieces) -> Response
    where Pieces.Element: StreamPiece {
        .stream(type) { writer in
            for try await piece in pieces {
                try await writer.write(piece.streamBytes)
            }
            // Many sequences just end where their task is cancelled: that is no end of the document.
            try Task.checkCancellation()
        }
    }
}
