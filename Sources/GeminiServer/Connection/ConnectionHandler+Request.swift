import GeminiProtocol
import GeminiTLS
import NIOCore

/// From the end of the request line to whoever answers it.
extension ConnectionHandler {
    /// - Parameters:
    ///   - bytes: what the end of the line came with.
    ///   - excess: how many of them, the last, lie behind it.
    func begin(_ line: RequestLine, received: [UInt8], followedBy bytes: ByteBuffer, _ excess: Int) {
        guard let context = self.context else { return }
        self.exchange = self.makeAccessLogEntry(received: received, asking: line)
        self.shared.metrics.requested(line.titan != nil ? .titan : line.url.scheme == "gemini" ? .gemini : .other)
        switch self.shared.hosts.judge(
            line,
            serverName: self.serverName,
            port: self.localAddress?.port
        ) {
        case .refuse(let response):
            if let titan = line.titan { _ = self.machine.beginUpload(titan, with: ByteBuffer(), now: .now()) }
            self.send(response)
        case .serve(let responder, let host):
            if let accessLog = host?.accessLog { self.accessLog = accessLog }
            var request = self.makeRequest(line)
            if let titan = line.titan {
                let rest = bytes.getSlice(at: bytes.writerIndex - excess, length: excess) ?? ByteBuffer()
                do {
                    request.upload = try self.beginUpload(
                        titan,
                        with: rest,
                        limit: host?.uploadSize ?? self.shared.limits.uploadSize,
                        context: context
                    )
                } catch {
                    self.send(error.response)
                    return
                }
            }
            self.respond(with: responder, to: request)
        }
    }

    private func makeRequest(_ line: RequestLine) -> Request {
        Request(
            line: line,
            remoteAddress: self.remoteAddress,
            localAddress: self.localAddress,
            tls: self.exchange?.tls,
            clientCertificate: self.exchange?.clientCertificate
        )
    }

    private func respond(with responder: any Responder, to request: Request) {
        guard let context = self.context else { return }
        let response = responder.respondAtOnce(to: request)
        if let response, !response.body.isStream {
            self.send(response)
            return
        }
        let answer = Answer(
            connection: NIOLoopBound(self, eventLoop: context.eventLoop),
            eventLoop: context.eventLoop,
            logger: self.shared.logger
        )
        // Begins right here on the event loop: an answer that needs no waiting is sent without leaving it.
        self.responder = Task.immediate { @Sendable in
            if let response {
                await answer.deliver(response)
            } else {
                await answer.respond(to: request, with: responder)
            }
        }
        // The connection may have ended before there was a task to cancel.
        if case .closed = self.machine.state { self.responder?.cancel() }
    }
}
