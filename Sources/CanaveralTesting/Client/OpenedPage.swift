import GeminiProtocol
import NIOCore

/// An answer whose header has come.
struct OpenedPage: Sendable {
    let url: GeminiURL
    let header: ResponseHeader
    /// What of the body came with the header.
    let beginning: ByteBuffer
    let inbox: Inbox

    init(_ inbox: Inbox, url: GeminiURL, request: [UInt8]) async throws {
        let asked = String(decoding: request.prefix { $0 != UInt8(ascii: "\r") }.prefix(200), as: UTF8.self)
        var decoder = ResponseHeaderDecoder()
        while let piece = try await inbox.next() {
            do throws(ResponseHeaderError) {
                let before = decoder.consumed
                guard let received = try decoder.decode(piece.readableBytesUInt8Span) else { continue }
                let used = decoder.consumed - before
                self.url = url
                self.header = received.header
                self.beginning =
                    piece.getSlice(at: piece.readerIndex + used, length: piece.readableBytes - used) ?? ByteBuffer()
                self.inbox = inbox
                return
            } catch {
                inbox.leave()
                throw TestError.header(request: asked, reason: error)
            }
        }
        inbox.leave()
        throw TestError.noAnswer(request: asked)
    }

    /// Reads the rest.
    func collect() async throws -> TestPage {
        var body = self.beginning
        while let piece = try await self.inbox.next() { body.writeImmutableBuffer(piece) }
        self.inbox.leave()
        var isWhole = false
        if case .whole = self.inbox.end { isWhole = true }
        return TestPage(url: self.url, header: self.header, bytes: Array(body.readableBytesView), isTruncated: !isWhole)
    }
}
