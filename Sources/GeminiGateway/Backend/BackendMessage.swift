import GeminiServer
import NIOCore

/// What a daemon is sent for one request.
struct BackendMessage: Sendable {
    /// The variables, and everything else that comes before an upload; all of it where there is none.
    var head: ByteBuffer

    var upload: UploadBody?

    /// Puts a piece of the upload into the form in which it is sent.
    var frame: @Sendable (ByteBuffer) -> ByteBuffer = { $0 }

    /// What is sent behind the upload.
    var trailer = ByteBuffer()

    /// What the daemon is told when its response is not wanted any more.
    var farewell: ByteBuffer?
}
