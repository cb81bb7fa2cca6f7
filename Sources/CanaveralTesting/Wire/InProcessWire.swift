import GeminiProtocol
import GeminiServer
import Logging
import NIOCore

/// Does what a connection does, without one.
struct InProcessWire: Wire {
    let hosts: VirtualHosts
    /// The port of the server that there is not.
    let port: Int
    let uploadLimit: Int
    let logger: Logger
    let accessLog: (any AccessLogSink)?
    let addressDisplay: AddressDisplay
    let now: @Sendable () -> Timestamp

    /// The port that every client comes from.
    private static let clientPort = 50_000

    func send(_ call: Call) async throws -> Inbox {
        let sender = RequestSender(call)
        var decoder = RequestLineDecoder()
        let inbox = Inbox(limit: call.faults.responseCut)
        let remote = try SocketAddress(ipAddress: call.origin ?? "127.0.0.1", port: Self.clientPort)
        let accepted = self.now()
        while let piece = try await sender.next() {
            switch decoder.consume(piece.readableBytesUInt8Span) {
            case .needMore:
                continue
            case .failed(let error):
                let delivery = self.delivery(to: inbox, from: remote, accepted, decoder.received, asking: nil)
                delivery.start { .failure(.badRequest, error.description) }
                return inbox
            case .line(let line, let consumed):
                sender.putBack(piece, after: consumed)
                switch self.hosts.judge(line, serverName: call.serverName, port: self.port) {
                case .refuse(let response):
                    self.delivery(to: inbox, from: remote, accepted, decoder.received, asking: line)
                        .start { response }
                case .serve(let responder, let host):
                    let delivery = self.delivery(
                        to: inbox,
                        from: remote,
                        accepted,
                        decoder.received,
                        asking: line,
                        host: host
                    )
                    self.begin(line, call, remote, sender, delivery, responder, host)
                }
                return inbox
            }
        }
        inbox.finish(.brokenOff)  // what a server does when the time for a request is over
        return inbox
    }

    private func delivery(
        to inbox: Inbox,
        from remote: SocketAddress,
        _ accepted: Timestamp,
        _ received: [UInt8],
        asking line: RequestLine?,
        host: VirtualHost? = nil
    ) -> Delivery {
        var entry = AccessLogEntry(remoteAddress: remote, acceptedAt: accepted, requestLine: received)
        entry.addressDisplay = self.addressDisplay
        entry.port = self.port
        if let line { entry.note(line) }
        return Delivery(
            inbox: inbox,
            logger: self.logger,
            accessLog: host?.accessLog ?? self.accessLog,
            entry: entry
        )
    }

    private func begin(
        _ line: RequestLine,
        _ call: Call,
        _ remote: SocketAddress,
        _ sender: RequestSender,
        _ delivery: Delivery,
        _ responder: any Responder,
        _ host: VirtualHost?
    ) {
        var request = Request(
            line: line,
            remoteAddress: remote,
            localAddress: try? SocketAddress(ipAddress: "127.0.0.1", port: self.port),
            tls: TLSSession(version: .v1_3, cipherSuite: CipherSuite(code: 0x1301), serverName: call.serverName),
            clientCertificate: call.identity?.certificate
        )
        if let titan = line.titan {
            guard sender.readableBytes <= titan.size else {
                let error = titan.isEdit ? UploadError.editWithBody : UploadError.tooLong
                delivery.start { error.response }
                return
            }
            request.upload = titan.parameters.map { parameters in
                Upload(
                    parameters: parameters,
                    chunks: AsyncThrowingStream {
                        let piece = try await sender.next()
                        // Where a client goes, its responder is told.
                        if piece == nil, call.isAbandoned { delivery.inbox.leave() }
                        return piece
                    },
                    limit: host?.uploadSize ?? self.uploadLimit
                )
            }
        }
        let asked = request
        if let response = responder.respondAtOnce(to: asked) {
            delivery.start { response }
        } else {
            delivery.start(at: asked.path) { try await responder.respond(to: asked) }
        }
    }
}
