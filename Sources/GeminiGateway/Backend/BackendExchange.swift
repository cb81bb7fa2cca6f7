import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import NIOCore

/// One request to a daemon and its response, from the first byte to the last. The connection is closed when nobody needs it
/// any more, however the response ended, or given back where it can be used again.
final class BackendExchange: Sendable {
    /// A kept connection turned out to be dead, and nothing has come of it: another one may do.
    struct Stale: Error {}

    private let connection: BackendConnection
    private let options: BackendOptions
    private let place: BackendPlace
    private let log: BackendLog
    /// The wait for a new connection's answer.
    private let wait: BackendPool.Wait?
    /// Whether the connection has served a request before.
    private let isReused: Bool
    /// What becomes of a connection that can be used again.
    private let giveBack: (@Sendable (BackendConnection) -> Void)?
    private let isGivenBack = NIOLockedValueBox(false)

    init(
        _ connection: BackendConnection,
        wait: BackendPool.Wait?,
        isReused: Bool,
        options: BackendOptions,
        place: BackendPlace,
        log: BackendLog,
        giveBack: (@Sendable (BackendConnection) -> Void)?
    ) {
        self.connection = connection
        self.wait = wait
        self.isReused = isReused
        self.options = options
        self.place = place
        self.log = log
        self.giveBack = giveBack
    }

    deinit {
        if !self.isGivenBack.withLockedValue({ $0 }) { self.connection.fail(CancellationError()) }
    }

    /// What the daemon answers. Its header is waited for; the body is sent as it comes.
    ///
    /// - Throws: ``BackendError``, ``Stale``, what is wrong with the upload, and `CancellationError`.
    func response(to message: BackendMessage, reply: BackendReply) async throws -> Response {
        try await self.failingIfCancelled {
            self.connection.begin(
                runTimeout: self.options.runTimeout.map { TimeAmount($0) },
                farewell: message.farewell
            )
            var reply = reply
            let header: ResponseHeader
            if let upload = message.upload {
                header = try await self.header(&reply, sending: upload, of: message)
            } else {
                self.connection.expect(within: TimeAmount(self.options.headerTimeout), .headerTimeout)
                self.connection.send(message.head)
                header = try await self.header(&reply)
            }
            return self.response(header, reply)
        }
    }

    private func response(_ header: ResponseHeader, _ reply: BackendReply) -> Response {
        self.wait?.end()
        var reply = reply
        if reply.isComplete {
            self.finish(reply)
            let body = reply.takeBody()
            return Response(header, body: body.readableBytes > 0 ? .bytes(body) : .empty)
        }
        let rest = reply
        guard header.status.hasBody else {
            // The program behind it may have more to do than to answer.
            Task { await self.drain(rest) }
            return Response(header)
        }
        return Response(header, body: .stream { try await self.send(rest, to: $0) })
    }

    /// Sends the upload, and waits for the header meanwhile: a daemon may refuse an upload that it has not read (TI-12).
    private func header(
        _ reply: inout BackendReply,
        sending upload: UploadBody,
        of message: BackendMessage
    ) async throws -> ResponseHeader {
        async let sent: Void = self.send(upload, of: message)
        let header = try await self.header(&reply)
        switch header.status.group {
        case .success, .redirect:
            // It has taken the upload, or is about to: a response ends the client's part.
            await sent
        default:
            self.connection.fail(CancellationError())
        }
        return header
    }

    /// Sends an upload at the pace of the slower of client and daemon. What is wrong with it ends the connection.
    private func send(_ upload: UploadBody, of message: BackendMessage) async {
        let stall = TimeAmount(self.options.stallTimeout)
        do {
            self.connection.expect(within: stall, .uploadStalled)
            try await self.connection.write(message.head)
            self.connection.expect(within: nil)
            for try await piece in upload {
                self.connection.expect(within: stall, .uploadStalled)
                try await self.connection.write(message.frame(piece))
                self.connection.expect(within: nil)
            }
            if message.trailer.readableBytes > 0 { try await self.connection.write(message.trailer) }
            self.connection.expect(within: TimeAmount(self.options.headerTimeout), .headerTimeout)
        } catch is BackendError {
            // Whoever reads learns why; there may be a response all the same.
        } catch {
            self.connection.fail(error)
        }
    }

    private func header(_ reply: inout BackendReply) async throws -> ResponseHeader {
        do {
            while true {
                try await self.receive(&reply)
                if let header = reply.header { return header }
            }
        } catch {
            self.tell(reply.takeErrorLines(isAtEnd: true))
            self.connection.fail(error)
            if self.isReused, !reply.hasBegun {
                switch error {
                case BackendError.endedEarly, BackendError.broken: throw Stale()
                default: break
                }
            }
            throw error
        }
    }

    private func receive(_ reply: inout BackendReply) async throws {
        if let piece = try await self.connection.read() {
            try reply.receive(piece)
        } else {
            try reply.closed()
        }
        self.tell(reply.takeErrorLines())
    }

    /// Sends the body as it comes, at the pace of the client.
    private func send(_ reply: BackendReply, to writer: ResponseWriter) async throws {
        try await self.failingIfCancelled {
            var reply = reply
            do {
                while true {
                    let body = reply.takeBody()
                    if body.readableBytes > 0 {
                        self.connection.expect(within: nil)
                        try await writer.write(body)
                    }
                    guard !reply.isComplete else { break }
                    self.connection.expect(within: TimeAmount(self.options.stallTimeout), .stalled)
                    try await self.receive(&reply)
                }
                self.finish(reply)
            } catch {
                self.connection.fail(error)
                self.tell(reply.takeErrorLines(isAtEnd: true))
                if let error = error as? BackendError { self.log.cutOff(error) }
                throw error
            }
        }
    }

    /// Waits for the end of a response that has no body.
    private func drain(_ reply: BackendReply) async {
        var reply = reply
        self.connection.expect(within: TimeAmount(self.options.headerTimeout), .stalled)
        do {
            while !reply.isComplete { try await self.receive(&reply) }
            self.finish(reply)
        } catch {
            self.connection.fail(error)
        }
    }

    /// The response is whole.
    private func finish(_ reply: BackendReply) {
        guard reply.leavesConnection, let giveBack = self.giveBack else { return }
        self.isGivenBack.withLockedValue { $0 = true }
        giveBack(self.connection)
    }

    private func tell(_ lines: [String]) {
        for line in lines { self.log.logger.notice("The daemon says: \(line)") }
    }

    private func failingIfCancelled<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        try await withTaskCancellationHandler {
            try await body()
        } onCancel: {
            self.connection.fail(CancellationError())
        }
    }
}
