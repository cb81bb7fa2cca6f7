import GeminiProbe
import GeminiProtocol

extension Examination {
    /// The most of a response that is read.
    static let responseLimit = 1 << 20

    /// A connection without TLS.
    func connect(receiveBuffer: Int? = nil) throws(ProbeError) -> ProbeConnection {
        self.awaitTurn()
        return try ProbeConnection(to: self.address, receiveBuffer: receiveBuffer, deadline: self.deadline())
    }

    /// A connection with TLS, as an ordinary client makes it.
    func open(receiveBuffer: Int? = nil) throws(ProbeError) -> ProbeConnection {
        try self.open(self.tls, serverName: self.serverName, receiveBuffer: receiveBuffer).connection
    }

    /// A connection with TLS, and what was agreed on.
    func open(
        _ context: TLSContext,
        serverName: String?,
        session: ResumableSession? = nil,
        receiveBuffer: Int? = nil
    ) throws(ProbeError) -> (connection: ProbeConnection, agreement: ProbeConnection.Agreement) {
        let connection = try self.connect(receiveBuffer: receiveBuffer)
        let agreement = try connection.startTLS(
            context,
            serverName: serverName,
            session: session,
            deadline: self.deadline()
        )
        return (connection, agreement)
    }

    /// What comes back for a line, which is given without its CRLF, on a connection of its own.
    func ask(_ line: String) throws(ProbeError) -> Exchange {
        try self.ask(Array(line.utf8) + [0x0D, 0x0A])
    }

    /// What comes back for these bytes on a connection of its own.
    ///
    /// A server that says 44 is asked once more, after the time that it names.
    func ask(_ request: [UInt8]) throws(ProbeError) -> Exchange {
        let exchange = try self.ask(request, on: self.open())
        guard exchange.status == .slowDown else { return exchange }
        let seconds = exchange.meta.flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) } ?? 1
        self.rest(.seconds(min(max(seconds, 1), 10)))
        return try self.ask(request, on: self.open())
    }

    /// What comes back for these bytes on this connection.
    func ask(_ request: [UInt8], on connection: ProbeConnection, remark: String? = nil) -> Exchange {
        var exchange = Exchange(request: request, remark: remark)
        do throws(ProbeError) {
            try connection.send(request, deadline: self.deadline())
        } catch {
            // Who refuses a request while it is sent may have said why.
        }
        self.readResponse(of: &exchange, on: connection)
        return exchange
    }

    /// Reads until TLS has ended, there is enough, or the time is up; then closes as an honest client does.
    func readResponse(of exchange: inout Exchange, on connection: ProbeConnection) {
        let start = ContinuousClock.now
        let deadline = self.deadline()
        reading: while true {
            switch connection.next(deadline: deadline) {
            case .bytes(let bytes):
                exchange.response += bytes
                guard exchange.response.count < Self.responseLimit else {
                    exchange.end = .cutOff
                    break reading
                }
                if deadline.hasPassed { break reading }
                continue
            case .closeNotify: exchange.end = .closeNotify
            case .alert(let alert): exchange.end = .alert(alert)
            case .garbage(let reason): exchange.end = .garbage(reason)
            case .finished: exchange.end = .finished
            case .reset: exchange.end = .reset
            case .silence: exchange.end = .silence
            }
            break
        }
        exchange.duration = .now - start
        try? connection.sendCloseNotify(deadline: self.deadline())
        self.record(exchange)
    }
}
