public import GeminiServer
import NIOCore

extension Upload {
    /// All of it as text.
    ///
    /// - Throws: ``UploadRefusal/notUTF8``, `UploadError`, and `CancellationError`.
    public func text() async throws -> String {
        let bytes = try await self.collect()
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else { throw UploadRefusal.notUTF8 }
        return text
    }
}
