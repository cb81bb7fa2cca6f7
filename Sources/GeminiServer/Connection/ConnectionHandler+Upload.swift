import GeminiProtocol
import NIOCore

/// Reading the body of a Titan request, at the pace of its responder.
extension ConnectionHandler {
    /// Bytes read at once of an upload that is longer than this.
    private static let uploadReadSize = 32 * 1024

    /// Takes a Titan request up, with what came of its body already.
    ///
    /// - Returns: what the responder gets; `nil` for a request to edit.
    /// - Throws: where too much has come already, which the client is told without asking anybody.
    func beginUpload(
        _ titan: TitanRequest,
        with bytes: ByteBuffer,
        limit: Int,
        context: ChannelHandlerContext
    ) throws(UploadError) -> Upload? {
        if case .refuse(let error) = self.machine.beginUpload(titan, with: bytes, now: .now()) { throw error }
        guard let parameters = titan.parameters else { return nil }
        if parameters.size > Self.uploadReadSize {
            let allocator = FixedSizeRecvByteBufferAllocator(capacity: Self.uploadReadSize)
            try? context.channel.syncOptions?.setOption(.recvAllocator, value: allocator)
        }
        self.holdClientBack()
        return Upload(self.source(of: parameters, limit: limit, eventLoop: context.eventLoop))
    }

    private func source(of parameters: TitanParameters, limit: Int, eventLoop: any EventLoop) -> UploadSource {
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        return UploadSource(parameters: parameters, limit: limit) {
            var number = 0
            return {
                number += 1
                let asked = number
                return try await withTaskCancellationHandler {
                    try await withCheckedThrowingContinuation { continuation in
                        let reader = UploadReader(number: asked, continuation: continuation)
                        eventLoop.perform { connection.value.read(for: reader) }
                    }
                } onCancel: {
                    eventLoop.perform { connection.value.cancelReading(asked) }
                }
            }
        }
    }

    /// Has the reader get the next bytes, now or when they come.
    private func read(for reader: UploadReader) {
        guard self.cancelledReader != reader.number else {
            reader.continuation.resume(throwing: CancellationError())
            return
        }
        self.failReader(with: CancellationError())  // there is one at a time
        self.uploadReader = reader
        switch self.machine.uploadAsked(now: .now()) {
        case .upload(let action): self.carryOut(action)
        case .answered: self.failReader(with: UploadMisuse.answered)
        }
    }

    private func cancelReading(_ number: Int) {
        // It may come before the question does.
        self.cancelledReader = number
        guard self.uploadReader?.number == number else { return }
        self.machine.uploadAbandoned()
        self.failReader(with: CancellationError())
    }

    /// Does what the state machine asks for.
    func carryOut(_ action: IncomingUpload.Action) {
        switch action {
        case .none:
            break
        case .read:
            self.context?.read()
        case .deliver(let bytes):
            self.shared.metrics.uploaded(bytes.readableBytes)
            self.takeReader()?.resume(returning: bytes)
        case .end:
            self.takeReader()?.resume(returning: nil)
        case .fail(let error):
            self.failReader(with: error)
        case .refuse(let error):
            self.send(error.response)
            self.responder?.cancel()
        }
    }

    /// Ends an upload because its response begins; what the client still sends is read and dropped from here on.
    func endUpload() {
        self.machine.uploadAnswered(now: .now())
        self.holdClientBack()
        self.failReader(with: UploadMisuse.answered)
    }

    /// Has the socket read by itself, or only when it is asked, as the state has it.
    func holdClientBack() {
        let isHeldBack = self.machine.holdsClientBack
        guard isHeldBack != self.isHeldBack else { return }
        self.isHeldBack = isHeldBack
        try? self.context?.channel.syncOptions?.setOption(.autoRead, value: !isHeldBack)
    }

    func failReader(with error: any Error) {
        self.takeReader()?.resume(throwing: error)
    }

    private func takeReader() -> CheckedContinuation<ByteBuffer?, any Error>? {
        defer { self.uploadReader = nil }
        return self.uploadReader?.continuation
    }
}
