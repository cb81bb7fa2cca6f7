public import NIOCore

/// What is uploaded, and how many bytes it has.
public struct UploadContent: Sendable {
    /// The exact number of bytes, which the request names before the first of them (TI-02).
    public let size: Int

    /// Hands over the content piece by piece; each call returns when there is room for the next.
    let send: @Sendable (_ piece: (ByteBuffer) async throws -> Void) async throws -> Void

    /// The most bytes in one piece.
    static let pieceSize = 64 * 1024

    /// Bytes at hand.
    public static func bytes(_ bytes: some Sequence<UInt8>) -> UploadContent {
        .buffer(ByteBuffer(bytes: bytes))
    }

    /// A text, encoded in UTF-8.
    public static func text(_ text: String) -> UploadContent {
        .buffer(ByteBuffer(string: text))
    }

    /// Bytes at hand.
    public static func buffer(_ buffer: ByteBuffer) -> UploadContent {
        UploadContent(size: buffer.readableBytes) { send in
            var rest = buffer
            while let piece = rest.readSlice(length: min(rest.readableBytes, Self.pieceSize)), piece.readableBytes > 0 {
                try await send(piece)
            }
        }
    }

    /// Pieces as they come. When they turn out to be more or fewer bytes than the size, the upload fails and the server
    /// stores nothing.
    public static func stream<Pieces: AsyncSequence & Sendable>(
        size: Int,
        _ pieces: Pieces
    ) -> UploadContent where Pieces.Element == ByteBuffer {
        UploadContent(size: size) { send in
            for try await var piece in pieces {
                while let part = piece.readSlice(length: min(piece.readableBytes, Self.pieceSize)),
                    part.readableBytes > 0
                {
                    try await send(part)
                }
            }
        }
    }
}
