import GeminiProtocol
import GeminiTLS
import Logging
import NIOCore
import NIOPosix

/// Sending the response, and ending the connection.
extension ConnectionHandler {
    /// Bytes of plaintext in one piece of a long body. NIOSSL keeps a buffer as large as the largest piece, so that a
    /// larger one costs memory for every connection; a smaller one costs time.
    static let pieceSize = 64 * 1024

    /// Room for most headers; a longer one makes its buffer grow.
    static let headerRoom = 64

    /// Bytes that every system takes from a connection that has sent nothing else yet.
    static let shortResponse = 16 * 1024

    /// How many pieces a connection may send before the others on its event loop get their turn.
    static let piecesPerTurn = 4

    /// Sends a response whose body is at hand, and ends the connection.
    func send(_ response: Response) {
        if case .uploading = self.machine.state { self.endUpload() }
        guard let context = self.context, case .responding = self.machine.state else { return }
        let header = response.header.sendable
        if !response.isLogged { self.accessLog = nil }
        self.noteHeader(header)

        var outgoing: OutgoingBody? =
            switch response.body {
            case _ where !header.status.hasBody: nil
            case .empty, .stream: nil
            case .bytes(let bytes): OutgoingBody(bytes: bytes)
            case .file(let file): OutgoingBody(file: file)
            }
        let length = min(outgoing?.remaining ?? 0, Self.pieceSize)
        var first = context.channel.allocator.buffer(capacity: Self.headerRoom + length)
        first.writeHeader(header)
        let result = outgoing?.appendNext(Self.pieceSize, to: &first)
        let isWhole = (outgoing?.remaining ?? 0) == 0 && (result ?? .ready) == .ready
        if isWhole, first.readableBytes <= Self.shortResponse, !self.isInputClosed {
            self.sendWhole(first, context: context)
            return
        }
        self.write(first, context: context)
        self.outgoing = outgoing
        self.proceed(after: result ?? .ready, context: context)
    }

    /// Sends a response that is one piece, and ends the connection.
    private func sendWhole(_ response: ByteBuffer, context: ChannelHandlerContext) {
        let send = {
            self.write(response, context: context)
            context.flush()
            self.close(context: context)
        }
        if let handshake = self.handshake {
            handshake.gathering(context.pipeline.syncOperations, send)
        } else {
            send()
        }
    }

    /// Sends as much of the body as the client takes now.
    func sendMore() {
        guard let context = self.context, var outgoing = self.outgoing, !outgoing.isWaitingForDisk else { return }
        var result = OutgoingBody.Progress.ready
        var pieces = 0
        while context.channel.isWritable, outgoing.remaining > 0, result == .ready {
            guard pieces < Self.piecesPerTurn else {
                self.outgoing = outgoing
                let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
                context.eventLoop.execute { connection.value.sendMore() }
                return
            }
            pieces += 1
            var piece = context.channel.allocator.buffer(capacity: min(outgoing.remaining, Self.pieceSize))
            result = outgoing.appendNext(Self.pieceSize, to: &piece)
            if piece.readableBytes > 0 {
                self.write(piece, context: context)
                context.flush()
            }
        }
        // Writing can end the connection under us; then nothing is left to go on with.
        guard self.context != nil, self.outgoing != nil else { return }
        self.outgoing = outgoing
        self.proceed(after: result, context: context)
    }

    private func proceed(after result: OutgoingBody.Progress, context: ChannelHandlerContext) {
        switch result {
        case .ready:
            if (self.outgoing?.remaining ?? 0) == 0 {
                self.outgoing = nil
                self.finish()
            } else {
                context.flush()
                if context.channel.isWritable { self.sendMore() }
            }
        case .wouldWait:
            context.flush()
            self.readFromDisk(context: context)
        case .failed:
            self.breakOff()
        }
    }

    /// Has a thread that may block read the next piece, then goes on with it.
    private func readFromDisk(context: ChannelHandlerContext) {
        guard let read = self.outgoing?.beginBlockingRead(Self.pieceSize) else { return }
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        self.shared.threadPool.runIfActive(eventLoop: context.eventLoop, read).whenComplete { result in
            connection.value.diskAnswered(result)
        }
    }

    private func diskAnswered(_ result: Result<OutgoingBody.BlockingRead, any Error>) {
        guard let context = self.context, var outgoing = self.outgoing else { return }
        guard case .success(.bytes(let piece)) = result else {
            self.breakOff()
            return
        }
        outgoing.endBlockingRead(piece.readableBytes)
        self.outgoing = outgoing
        self.write(piece, context: context)
        context.flush()
        self.proceed(after: .ready, context: context)
    }

    func write(_ bytes: ByteBuffer, context: ChannelHandlerContext) {
        self.exchange?.bytes += bytes.readableBytes
        self.shared.metrics.sent(bytes.readableBytes)
        context.write(self.wrapOutboundOut(bytes), promise: nil)
    }

    // MARK: The end

    /// Everything is written: close_notify, FIN, then a while for the client to close its side (GP-010, GP-015).
    func finish() {
        guard let context = self.context, case .responding = self.machine.state else { return }
        // What TLS still holds would not survive a close where the client has closed its side.
        context.flush()
        if self.isInputClosed || context.bufferedBytes > 0 { self.closeInOrder(context: context) }
        self.close(context: context)
    }

    private func close(context: ChannelHandlerContext) {
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { result in
            switch result {
            case .success:
                self.machine.responseSent(now: .now())
                self.writeAccessLog(complete: true)
            case .failure(let error):
                self.shared.logger.debug("The response was not sent: \(error.tlsReason)", metadata: self.logMetadata)
            }
        }
        context.close(mode: .output, promise: sent)
    }

    /// Lets a close wait for the bytes before it, whatever the client does meanwhile.
    private func closeInOrder(context: ChannelHandlerContext) {
        let handler = OrderlyCloseHandler()
        try? context.pipeline.syncOperations.addHandler(handler, position: .before(self.handshake?.tls ?? self))
        self.orderlyClose = handler
    }

    /// The response cannot be completed: the client is told by the missing close_notify (GP-011), and in the clear by a
    /// reset.
    func breakOff() {
        if case .uploading = self.machine.state { self.endUpload() }
        guard case .responding = self.machine.state else { return }
        self.machine.closed()
        if self.handshake == nil { self.context?.discardUnsentOnClose() }
        self.closeHard()
    }

    /// Closes the socket without a word from TLS, whatever its state.
    func closeHard() {
        guard let context = self.context else { return }
        let lowest: (any ChannelHandler)? = self.orderlyClose ?? self.handshake?.tls
        if let lowest, let below = try? context.pipeline.syncOperations.context(handler: lowest) {
            below.close(promise: nil)
        } else {
            context.close(promise: nil)
        }
    }

    /// At a response's deadline, and after it: has the client taken anything since the last look?
    func checkProgress() {
        guard let context = self.context else { return }
        let buffered = context.bufferedBytes
        context.transmission().assumeIsolated().whenComplete { result in
            // Where the kernel cannot tell, only a write buffer that has emptied counts as progress.
            let transmission = (try? result.get()) ?? Transmission()
            switch self.machine.progressChecked(
                pending: buffered > 0 || transmission.isPending,
                acknowledged: transmission.acknowledged,
                now: .now()
            ) {
            case .none:
                break
            case .close:
                self.closeHard()
            case .cutOff:
                self.shared.logger.debug("The client takes no bytes.", metadata: self.logMetadata)
                // What the kernel still holds for it would outlive the connection by minutes.
                context.discardUnsentOnClose()
                self.closeHard()
            }
        }
    }
}
