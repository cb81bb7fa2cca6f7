import GeminiProtocol
import GeminiTLS
import NIOCore

extension ClientConnection {
    /// Sends the request line, and after it the upload, if there is one.
    func send() {
        guard let context = self.context else { return }
        let line = ByteBuffer(bytes: self.order.line.bytes)
        context.writeAndFlush(self.wrapOutboundOut(line), promise: nil)
        if let upload = self.order.upload {
            context.acknowledgeAtOnce()
            self.machine.contentAwaited()
            self.send(upload)
        } else {
            self.machine.sent(now: .now())
        }
    }

    private func send(_ upload: UploadContent) {
        let eventLoop = self.eventLoop
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        self.uploading = Task {
            let result = await upload.result { piece in
                try await eventLoop.flatSubmit { connection.value.write(piece) }.get()
            }
            eventLoop.execute { connection.value.uploadEnded(result) }
        }
    }

    /// Sends a piece of an upload; completes when the system has taken it.
    private func write(_ piece: ByteBuffer) -> EventLoopFuture<Void> {
        guard let context = self.context, case .sending = self.machine.state else {
            return self.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        self.machine.contentCame(now: .now())
        self.setTimer()
        let promise = self.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(self.wrapOutboundOut(piece), promise: promise)
        // A server that refuses early and closes drops what its Nagle's algorithm still holds back, which is the answer
        // until the end of the handshake is acknowledged.
        context.acknowledgeAtOnce()
        promise.futureResult.assumeIsolated().whenSuccess { self.machine.contentAwaited() }
        return promise.futureResult
    }

    private func uploadEnded(_ result: Result<Void, UploadContentError>?) {
        self.uploading = nil
        guard case .sending = self.machine.state else { return }
        switch result {
        case .success:
            self.machine.sent(now: .now())
            self.setTimer()
        case .failure(let error):
            self.fail(.uploadFailed(error))
        case nil:
            break  // the connection stopped taking it, and says why by itself
        }
    }
}

extension UploadContent {
    /// Sends the content and checks its size.
    ///
    /// - Returns: `nil` when it was the sending that failed.
    func result(_ write: (ByteBuffer) async throws -> Void) async -> Result<Void, UploadContentError>? {
        var sent = 0
        var stopped = false
        do {
            try await self.send { piece in
                guard sent + piece.readableBytes <= self.size else {
                    throw UploadContentError.tooLong(expected: self.size)
                }
                sent += piece.readableBytes
                do {
                    try await write(piece)
                } catch {
                    stopped = true
                    throw error
                }
            }
        } catch let error as UploadContentError {
            return .failure(error)
        } catch {
            return stopped ? nil : .failure(.contentFailed(reason: "\(error)"))
        }
        return sent == self.size ? .success(()) : .failure(.tooShort(expected: self.size, actual: sent))
    }
}
