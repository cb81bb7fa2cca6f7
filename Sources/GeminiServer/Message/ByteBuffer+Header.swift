package import GeminiProtocol
package import NIOCore

extension ByteBuffer {
    /// Appends the header with its CRLF.
    package mutating func writeHeader(_ header: ResponseHeader) {
        self.writeString(header.description)
        self.writeString("\r\n")
    }
}
