import GeminiProtocol
import GeminiServer
import NIOCore

/// The last response of a conversation, to be shown again.
struct KeptResponse: Codable, Sendable, Hashable {
    private let status: Int
    private let meta: String
    private let text: String

    /// - Returns: `nil` for a response that is not worth keeping or cannot be: a stream, a file, what is no text.
    init?(_ response: Response) {
        let buffer: ByteBuffer
        switch response.body {
        case .empty: buffer = ByteBuffer()
        case .bytes(let bytes): buffer = bytes
        case .file, .stream: return nil
        }
        let text = String(buffer: buffer)
        guard let meta = response.header.meta, text.utf8.elementsEqual(buffer.readableBytesView) else { return nil }
        self.status = response.status.code
        self.meta = meta.text
        self.text = text
    }

    var byteCount: Int {
        self.meta.utf8.count + self.text.utf8.count
    }

    var response: Response {
        guard let status = Status(code: self.status), let header = try? ResponseHeader(status, text: self.meta) else {
            return .failure(.temporaryFailure)
        }
        return Response(header, body: self.text.isEmpty ? .empty : .bytes(ByteBuffer(string: self.text)))
    }
}
