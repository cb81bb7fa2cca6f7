import GeminiProtocol
import Logging
import NIOCore

extension ConnectionHandler {
    /// Passes the connection through, if its host is one for that.
    ///
    /// - Parameters:
    ///   - hello: what the client has sent so far.
    ///   - context: that of the handler before TLS.
    /// - Returns: whether the connection has left the hands of TLS.
    func passThrough(_ serverName: String?, hello: ByteBuffer, context: ChannelHandlerContext) -> Bool {
        guard let serverName, let handshake = self.handshake, let entry = self.shared.passThrough.entry(for: serverName)
        else { return false }
        self.machine.closed()
        let channel = context.channel
        let passed = ConnectionTrail.marks(from: channel.remoteAddress, to: channel.localAddress)
        guard !passed.contains(entry.mark) else {
            self.tellOfLoop(entry, serverName)
            self.closeHard()
            return true
        }
        guard entry.enter() else {
            self.shared.logger.debug(
                "As many connections to \(serverName) are open as may be at once.",
                metadata: self.logMetadata
            )
            self.closeHard()
            return true
        }
        let connection = PassThroughConnection(
            entry,
            passed: passed,
            logger: self.shared.logger,
            eventLoop: context.eventLoop
        )
        let front = PassThroughEnd(of: connection)
        do {
            try context.pipeline.syncOperations.addHandler(front, position: .after(handshake))
        } catch {
            entry.leave()
            self.closeHard()
            return true
        }
        self.exchange = self.makeAccessLogEntry(received: Array("tls://\(serverName)".utf8), asking: nil)
        self.exchange?.host = try? Host(serverName).withoutTrailingDot
        self.passThrough = connection
        self.shared.metrics.connectionPassedThrough()
        let header = entry.host.proxyHeader.map { version in
            ProxyHeader(
                source: self.remoteAddress,
                destination: self.localAddress,
                authority: serverName
            ).encoded(version)
        }
        connection.begin(at: front, hello: hello, header: header)
        return true
    }

    private func tellOfLoop(_ entry: PassThroughTable.Entry, _ serverName: String) {
        guard let count = entry.throttle.count(.loop) else { return }
        let number = count == 1 ? "" : " (\(count) since the last such line)"
        self.shared.logger.error(
            "A connection to \(serverName) that was passed through to \(entry.host.backEnd) came back to this server, and was closed\(number): name the address of another server."
        )
    }

    /// Tells the access log about a connection that was passed through.
    func writePassThroughLog() {
        guard let passThrough = self.passThrough else { return }
        self.exchange?.bytes = passThrough.bytesSent
        self.writeAccessLog(complete: passThrough.isComplete)
    }
}
