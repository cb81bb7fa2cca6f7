import GeminiProtocol
import NIOCore

/// A write to a streamed body that has not all been sent, and the task that waits for that.
struct WaitingWriter {
    var rest: ByteBuffer
    let continuation: CheckedContinuation<Void, any Error>
}

/// Sending a body that its responder writes piece by piece.
extension ConnectionHandler {
    /// Sends the header of a streamed response.
    func sendHeader(of response: Response) {
        if case .uploading = self.machine.state { self.endUpload() }
        guard let context = self.context, case .responding = self.machine.state else { return }
        let header = response.header.sendable
        if !response.isLogged { self.accessLog = nil }
        self.noteHeader(header)
        var buffer = context.channel.allocator.buffer(capacity: Self.headerRoom)
        buffer.writeHeader(header)
        self.write(buffer, context: context)
        context.flush()
    }

    /// Sends bytes of a streamed body behind those that wait already; the writer goes on when all of them have been sent
    /// and there is room for more.
    func writeStreamed(_ bytes: ByteBuffer, _ continuation: CheckedContinuation<Void, any Error>) {
        guard self.context != nil, case .responding = self.machine.state else {
            continuation.resume(throwing: ChannelError.ioOnClosedChannel)
            return
        }
        self.waitingWriters.append(WaitingWriter(rest: bytes, continuation: continuation))
        self.serveWriters()
    }

    /// Sends as much for the waiting writers as the client takes now.
    func serveWriters() {
        var pieces = 0
        while let context = self.context, context.channel.isWritable, !self.waitingWriters.isEmpty {
            let length = min(self.waitingWriters[0].rest.readableBytes, Self.pieceSize)
            guard length > 0 else {
                self.waitingWriters.removeFirst().continuation.resume()
                continue
            }
            guard pieces < Self.piecesPerTurn, let piece = self.waitingWriters[0].rest.readSlice(length: length) else {
                let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
                context.eventLoop.execute { connection.value.serveWriters() }
                return
            }
            pieces += 1
            self.write(piece, context: context)
            context.flush()
        }
    }

    func failWaitingWriters(with error: any Error) {
        let writers = self.waitingWriters
        self.waitingWriters.removeAll()
        for writer in writers { writer.continuation.resume(throwing: error) }
    }
}
