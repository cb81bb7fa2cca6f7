import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// The bytes of a response on their way into an inbox.
struct Delivery: Sendable {
    let inbox: Inbox
    let logger: Logger
    let accessLog: (any AccessLogSink)?
    var entry: AccessLogEntry

    /// The bytes of a file that are read at once.
    private static let pieceSize = 64 * 1024

    /// Has the answer made, in a task that is cancelled when the client leaves.
    ///
    /// - Parameter path: that of the request, for the log.
    func start(at path: String = "", _ answer: @escaping @Sendable () async throws -> Response) {
        let task = Task.immediate {
            let response: Response
            do {
                response = try await answer()
            } catch {
                response = .answering(error, at: path, logger: self.logger)
            }
            await self.deliver(response)
        }
        self.inbox.whenLeft { task.cancel() }
    }

    private func deliver(_ response: Response) async {
        var entry = self.entry
        let header = response.header.sendable
        entry.header = header
        let count = NIOLockedValueBox(0)
        do {
            try await self.send(response, header) { bytes in
                count.withLockedValue { $0 += bytes.readableBytes }
                try await self.inbox.send(bytes)
            }
            entry.isComplete = true
            self.inbox.finish(.whole)
        } catch {
            self.logger.debug("A response broke off: \(error)")
            self.inbox.finish(.brokenOff)
        }
        entry.bytes = count.withLockedValue { $0 }
        self.accessLog?.record(entry)
    }

    private func send(
        _ response: Response,
        _ header: ResponseHeader,
        _ write: @escaping @Sendable (ByteBuffer) async throws -> Void
    ) async throws {
        var first = ByteBuffer()
        first.writeHeader(header)
        guard header.status.hasBody else { return try await write(first) }
        switch response.body {
        case .empty:
            try await write(first)
        case .bytes(let bytes):
            first.writeImmutableBuffer(bytes)
            try await write(first)
        case .file(let file):
            try await write(first)
            try await self.send(file, write)
        case .stream(let produce):
            try await write(first)
            try await produce(ResponseWriter(write))
        }
    }

    private func send(_ file: OpenFile, _ write: (ByteBuffer) async throws -> Void) async throws {
        var offset: Int64 = 0
        while offset < file.length {
            let (start, count) = (offset, Int(min(file.length - offset, Int64(Self.pieceSize))))
            let piece = try await NIOThreadPool.singleton.runIfActive {
                var piece = ByteBuffer()
                guard case .bytes(let read) = file.read(count, at: start, into: &piece), read > 0 else {
                    throw ChannelError.eof
                }
                return piece
            }
            try await write(piece)
            offset += Int64(piece.readableBytes)
        }
    }
}
